import { type Identity, isAnonymous } from '../model/identity.ts'

interface IdentityFields {
  readonly subject: string
  readonly issuer: string
}

/** An upstream that reads the fields must not take nobody for somebody. */
const nobody: IdentityFields = { subject: '', issuer: '' }

const fields = new WeakMap<Identity, IdentityFields>()
const roleLists = new WeakMap<readonly string[], string>()

/** `Sallyport-Subject` and `Sallyport-Issuer`, kept for as long as the identity. */
export function identityFieldsOf(identity: Identity): IdentityFields {
  let known = fields.get(identity)
  if (known === undefined) {
    if (isAnonymous(identity)) return nobody
    known = {
      subject: encodeFieldValue(identity.subject.id),
      issuer: encodeFieldValue(identity.issuer),
    }
    fields.set(identity, known)
  }
  return known
}

/** `Sallyport-Roles`, comma separated. */
export function roleListOf(roles: readonly string[]): string {
  let known = roleLists.get(roles)
  if (known === undefined) {
    known = roles.map((role) => encodeFieldValue(role).replaceAll(',', '%2C')).join(',')
    roleLists.set(roles, known)
  }
  return known
}

/**
 * Visible ASCII as it is; `%`, spaces at either end, control characters and everything beyond ASCII
 * percent-encoded as UTF-8, so that no claim can end the field or be read in two ways.
 */
export function encodeFieldValue(text: string): string {
  if (/^(?:[!-$&-~](?:[ -$&-~]*[!-$&-~])?)?$/.test(text)) return text
  return text
    .toWellFormed()
    .replaceAll(/^ +| +$|[^ -$&-~]+/g, (part) =>
      Array.from(Buffer.from(part), (octet) => `%${hex(octet)}`).join(''),
    )
}

function hex(octet: number): string {
  return octet.toString(16).toUpperCase().padStart(2, '0')
}
