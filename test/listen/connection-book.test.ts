import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { compileTrustedProxies } from '../../src/listen/client-address.ts'
import { Connection } from '../../src/listen/connection.ts'
import { ConnectionBook } from '../../src/listen/connection-book.ts'

const trusted = compileTrustedProxies(['10.0.0.0/8'])

function open(book: ConnectionBook, ip: string): [Socket, Connection] {
  const socket = new Socket()
  const connection = new Connection({ ip, secure: null }, trusted)
  book.add(socket, connection)
  return [socket, connection]
}

function used(connection: Connection): void {
  connection.use.hasBegun = true
}

function busy(connection: Connection): void {
  used(connection)
  connection.add({ req: null, connectionClosed: () => {}, bodyBroken: () => {} })
}

describe('ConnectionBook', () => {
  it('counts the connections of each address, and forgets an address that has none', () => {
    const book = new ConnectionBook({ maxConnections: 10, maxClientConnections: 2 })
    const [one] = open(book, '192.0.2.1')
    open(book, '192.0.2.1')
    expect(book.isClientFull('192.0.2.1', false)).toBe(true)
    expect(book.isClientFull('192.0.2.2', false)).toBe(false)
    book.remove(one)
    book.remove(one)
    expect(book.isClientFull('192.0.2.1', false)).toBe(false)
    expect(book.size).toBe(1)
  })

  it('lets a trusted proxy have as many as it needs', () => {
    const book = new ConnectionBook({ maxConnections: 10, maxClientConnections: 1 })
    open(book, '10.1.1.1')
    expect(book.isClientFull('10.1.1.1', true)).toBe(false)
  })

  it('closes one that never sent a request before one that waits for the next', () => {
    const book = new ConnectionBook({ maxConnections: 3, maxClientConnections: 0 })
    const [kept, keptConnection] = open(book, '192.0.2.1')
    used(keptConnection)
    const [mute] = open(book, '192.0.2.2')
    open(book, '192.0.2.3')
    expect(book.isFull).toBe(true)
    expect(book.makeRoom()).toBe(true)
    expect(mute.destroyed).toBe(true)
    expect(kept.destroyed).toBe(false)
    expect(book.isFull).toBe(false)
  })

  it('closes an idle one when all have been used, never one that is at work', () => {
    const book = new ConnectionBook({ maxConnections: 2, maxClientConnections: 0 })
    const [working, connection] = open(book, '192.0.2.1')
    busy(connection)
    const [idle, idleConnection] = open(book, '192.0.2.2')
    used(idleConnection)
    expect(book.makeRoom()).toBe(true)
    expect(idle.destroyed).toBe(true)
    expect(working.destroyed).toBe(false)
    expect(book.makeRoom()).toBe(false)
  })

  it('finds an idle one behind many that are at work, looking a little further each time', () => {
    const book = new ConnectionBook({ maxConnections: 201, maxClientConnections: 0 })
    for (let count = 0; count < 200; count += 1) busy(open(book, '192.0.2.1')[1])
    const [idle] = open(book, '192.0.2.2')
    const tries = [book.makeRoom(), book.makeRoom(), book.makeRoom(), book.makeRoom()]
    expect(tries).toEqual([false, false, false, true])
    expect(idle.destroyed).toBe(true)
  })
})
