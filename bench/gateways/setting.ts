/** What every program is asked, and by whom. */
export const audience = 'sallyport-bench'
export const claims = { department: 'finance', groups: ['staff'], scope: 'documents' } as const
/** Whom every program that looks at claims must refuse. */
export const outsiderClaims = { department: 'finance', groups: ['guests'], scope: 'none' } as const
export const permittedPath = '/departments/finance/documents/42'
export const deniedPath = '/departments/sales/documents/42'

/** Sizes are in the last segment, for the upstream. */
export function pathOfBytes(bytes: number): string {
  return `/departments/finance/documents/bytes-${bytes}`
}

/** One of many routes; `tail` is what follows its fixed part, the department first, as in the others. */
export function routePath(at: number, tail: string): string {
  return `/thing-${at}/${tail}`
}
