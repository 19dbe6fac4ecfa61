/** Words of CEL that cannot name a member: `resource.in` does not parse. */
export const keywords: ReadonlySet<string> = new Set(['true', 'false', 'null', 'in'])
