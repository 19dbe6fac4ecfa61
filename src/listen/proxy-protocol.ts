import { isIPv4, isIPv6, SocketAddress } from 'node:net'
import { unixPeer } from '../model/request-facts.ts'
import { normaliseIp } from './client-address.ts'
import { crc32c } from './crc32c.ts'

/** What a header of the PROXY protocol says, and how many octets it takes. */
export interface ProxyHeader {
  /** The client; null: the connection is the proxy's own, or of unknown origin. */
  readonly ip: string | null
  readonly length: number
}

/** Far above what proxies send, far below what would be a burden. */
export const maxProxyHeaderBytes = 4_096

const signature = Buffer.of(0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a)
const lineStart = 'PROXY '
const prefixV1 = Buffer.from(lineStart)
const maxLineBytes = 107
const fixedBytes = 16
const crcType = 0x03

/**
 * Reads a header of version 2 or 1 at the start of a connection. Null: more octets are needed; a
 * text: what is wrong. Everything has to be as the specification has it: behind a wrong header the
 * client would be somebody else.
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader | string | null {
  if (startsAlike(bytes, signature)) {
    return bytes.length < fixedBytes ? null : readBinary(bytes)
  }
  if (startsAlike(bytes, prefixV1)) return readLine(bytes)
  return 'does not begin with a PROXY protocol header'
}

function startsAlike(bytes: Buffer, expected: Buffer): boolean {
  const length = Math.min(bytes.length, expected.length)
  return bytes.compare(expected, 0, length, 0, length) === 0
}

function readBinary(bytes: Buffer): ProxyHeader | string | null {
  const [versionAndCommand = 0, transport = 0] = bytes.subarray(signature.length)
  const length = fixedBytes + bytes.readUInt16BE(signature.length + 2)
  if (versionAndCommand >> 4 !== 2) return 'has an unknown version'
  if (length > maxProxyHeaderBytes) return `announces more than ${maxProxyHeaderBytes} bytes`
  if (bytes.length < length) return null
  const command = versionAndCommand & 0x0f
  // LOCAL: a health check of the proxy itself; what else it says is to be ignored.
  if (command === 0) return { ip: null, length }
  if (command !== 1) return 'has an unknown command'
  const header = bytes.subarray(0, length)
  const size = addressBytes.get(transport)
  if (size === undefined) return 'names a transport that is no stream'
  if (length < fixedBytes + size) return 'is too short for its addresses'
  const problem = findVectorProblem(header, fixedBytes + size)
  if (problem !== null) return problem
  return { ip: readIp(header, transport), length }
}

/** By address family and transport: unspecified, TCP over IPv4, over IPv6, Unix stream. */
const addressBytes: ReadonlyMap<number, number> = new Map([
  [0x00, 0],
  [0x11, 12],
  [0x21, 36],
  [0x31, 216],
])

function readIp(header: Buffer, transport: number): string | null {
  if (transport === 0x00) return null
  if (transport === 0x31) return unixPeer
  if (transport === 0x11) return header.subarray(fixedBytes, fixedBytes + 4).join('.')
  const groups = Array.from({ length: 8 }, (_, index) =>
    header.readUInt16BE(fixedBytes + index * 2).toString(16),
  )
  return normaliseIp(new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address)
}

/** The additional values after the addresses: each within the header, the checksum right. */
function findVectorProblem(header: Buffer, start: number): string | null {
  let checksumAt = -1
  let at = start
  while (at < header.length) {
    if (at + 3 > header.length) return 'ends within an additional value'
    const length = header.readUInt16BE(at + 1)
    const end = at + 3 + length
    if (end > header.length) return 'ends within an additional value'
    if (header[at] === crcType) {
      if (length !== 4 || checksumAt >= 0) return 'has a malformed checksum'
      checksumAt = at + 3
    }
    at = end
  }
  if (checksumAt < 0) return null
  const zeroed = Buffer.from(header)
  zeroed.writeUInt32BE(0, checksumAt)
  return crc32c(zeroed) === header.readUInt32BE(checksumAt) ? null : 'has a wrong checksum'
}

const linePattern =
  /^PROXY (TCP4|TCP6) ([0-9a-fA-F.:]{2,39}) ([0-9a-fA-F.:]{2,39}) (\d{1,5}) (\d{1,5})$/

function readLine(bytes: Buffer): ProxyHeader | string | null {
  const end = bytes.subarray(0, maxLineBytes).indexOf('\r\n')
  if (end < 0) return bytes.length < maxLineBytes ? null : 'has a line that does not end'
  const line = bytes.toString('latin1', 0, end)
  const length = end + 2
  if (/^PROXY UNKNOWN( [\x20-\x7e]*)?$/.test(line)) return { ip: null, length }
  const [, family, source = '', destination = '', ...ports] = linePattern.exec(line) ?? []
  const isAddress = family === 'TCP4' ? isIPv4 : isIPv6
  const isSound =
    isAddress(source) &&
    isAddress(destination) &&
    ports.every((port) => String(Number(port)) === port && Number(port) <= 65_535)
  return isSound ? { ip: normaliseIp(source), length } : 'has a malformed line'
}
