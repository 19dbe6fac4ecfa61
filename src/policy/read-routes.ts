import {
  asText,
  at,
  type Cursor,
  entriesAt,
  itemsAt,
  type Text,
  textAt,
  textOrTextsAt,
} from '../source/cursor.ts'
import { locate } from '../source/findings.ts'
import type { RouteGroupSyntax, RouteSyntax } from './syntax.ts'

export function readRoutes(file: Cursor): readonly RouteGroupSyntax[] {
  return itemsAt(file, 'routes').map((group) => ({
    host: textAt(group, 'host'),
    upstream: textAt(group, 'upstream'),
    audience: textAt(group, 'audience'),
    routes: entriesAt(group, 'paths').map(([key, place]) => readRoute(key, place, group)),
  }))
}

function readRoute(key: string, place: Cursor, group: Cursor): RouteSyntax {
  return {
    key,
    place,
    location: locate(place, 'key'),
    action: textAt(place, 'action'),
    resource: textAt(place, 'resource'),
    version: textAt(place, 'version') ?? textAt(group, 'version'),
    scope: textAt(place, 'scope') ?? textAt(group, 'scope'),
    id: textAt(place, 'id'),
    attributes: textEntriesAt(place, 'attributes'),
    upgrade: textOrTextsAt(place, 'upgrade'),
    authentication: textAt(place, 'authentication') ?? textAt(group, 'authentication'),
    credentials: textOrTextsAt(at(place, 'credentials') === null ? group : place, 'credentials'),
    limits: textEntriesAt(place, 'limit'),
    passToken: flagOf('pass_token', place, group),
    identityHeaders: flagOf('identity_headers', place, group),
  }
}

function textEntriesAt(place: Cursor, key: string): readonly [string, Text][] {
  return entriesAt(place, key).flatMap(([name, value]): [string, Text][] => {
    const text = asText(value)
    return text === null ? [] : [[name, text]]
  })
}

/** Of the route, else of its group; null: neither says. */
function flagOf(key: string, place: Cursor, group: Cursor): boolean | null {
  const value = (at(place, key) ?? at(group, key))?.value
  return typeof value === 'boolean' ? value : null
}
