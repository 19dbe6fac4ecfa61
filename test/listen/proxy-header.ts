import { crc32c } from '../../src/listen/crc32c.ts'

export interface WantedHeader {
  /** Version and command; default: version 2, PROXY. */
  readonly command?: number
  /** Address family and transport; default: TCP over IPv4. */
  readonly transport?: number
  readonly addresses: Buffer
  readonly vectors?: Buffer
}

/** A header of version 2, as a load balancer writes it. */
export function proxyHeader(wanted: WantedHeader): Buffer {
  const { command = 0x21, transport = 0x11, addresses, vectors = Buffer.alloc(0) } = wanted
  const start = Buffer.from('0d0a0d0a000d0a515549540a00000000', 'hex')
  start[12] = command
  start[13] = transport
  start.writeUInt16BE(addresses.length + vectors.length, 14)
  return Buffer.concat([start, addresses, vectors])
}

export function vector(type: number, value: Buffer): Buffer {
  const start = Buffer.of(type, 0, 0)
  start.writeUInt16BE(value.length, 1)
  return Buffer.concat([start, value])
}

/** The header with a checksum as its last additional value. */
export function crcVector(wanted: WantedHeader): Buffer {
  const { vectors = Buffer.alloc(0) } = wanted
  const header = proxyHeader({
    ...wanted,
    vectors: Buffer.concat([vectors, vector(0x03, Buffer.alloc(4))]),
  })
  header.writeUInt32BE(crc32c(header), header.length - 4)
  return header
}
