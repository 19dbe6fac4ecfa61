import type { CompiledResources } from './resources.ts'

/** What the files say of a type of resource; for tools, not for deciding. */
export interface DeclaredResource {
  /** Of all versions. */
  readonly attributes: ReadonlySet<string>
  /** By version. */
  readonly actions: ReadonlyMap<string, readonly string[]>
}

/** By type. */
export function declaredResources(
  resources: CompiledResources,
): ReadonlyMap<string, DeclaredResource> {
  const declared = new Map<
    string,
    { attributes: Set<string>; actions: Map<string, readonly string[]> }
  >()
  for (const { attributes, spec } of resources.values()) {
    const { actions, type, version = 'default' } = spec
    const known = declared.get(type) ?? { attributes: new Set(), actions: new Map() }
    declared.set(type, known)
    known.actions.set(version, actions)
    for (const name of attributes.keys()) known.attributes.add(name)
  }
  return declared
}
