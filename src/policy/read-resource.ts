import { asText, at, type Cursor, entriesAt, itemsAt, textAt, textsAt } from '../source/cursor.ts'
import { locate } from '../source/findings.ts'
import type { AttributeSyntax, EffectSyntax, ResourceSyntax, RuleSyntax } from './syntax.ts'

/** Null: the file does not say which resource it is about. */
export function readResource(file: Cursor): ResourceSyntax | null {
  const type = textAt(file, 'resource')
  if (type === null) return null
  return {
    type,
    actions: textsAt(file, 'actions'),
    attributes: entriesAt(file, 'attributes').flatMap(([name, place]): AttributeSyntax[] => {
      const attributeType = asText(place)
      return attributeType === null ? [] : [{ name, type: attributeType }]
    }),
    rules: itemsAt(file, 'rules').map(readRule),
  }
}

function readRule(place: Cursor): RuleSyntax {
  const id = textAt(place, 'id')
  return {
    id,
    place,
    location: locate(id ?? place),
    effects: [...readEffect(place, 'permit'), ...readEffect(place, 'deny')],
    roles: at(place, 'roles') === null ? null : textsAt(place, 'roles'),
    when: textAt(place, 'when'),
  }
}

function readEffect(rule: Cursor, effect: EffectSyntax['effect']): readonly EffectSyntax[] {
  const place = at(rule, effect)
  if (place === null) return []
  return [{ effect, place, actions: place.value === '*' ? 'all' : textsAt(rule, effect) }]
}
