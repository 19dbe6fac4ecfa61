import { expect, it } from 'vitest'
import { closeFrame, WebSocketFrames } from '../../src/enforce/websocket-frames.ts'

/** Header octets with a payload of so many. */
function frame(head: readonly number[], payloadBytes: number): Buffer {
  return Buffer.concat([Buffer.from(head), Buffer.alloc(payloadBytes, 0xff)])
}

const frames = [
  ['empty', frame([0x81, 0], 0)],
  ['short', frame([0x82, 5], 5)],
  ['the longest short one', frame([0x01, 125], 125)],
  ['with a length of two octets', frame([0x80, 126, 1, 2], 258)],
  ['with a length of eight octets', frame([0x82, 127, 0, 0, 0, 0, 0, 1, 0, 1], 65_537)],
  ['masked', frame([0x81, 0x83, 9, 9, 9, 9], 3)],
  ['masked, with a length of two octets', frame([0x81, 0xfe, 0, 200, 9, 9, 9, 9], 200)],
  ['a ping', frame([0x89, 4], 4)],
] as const

it.each(frames)('finds the end of a frame: %s', (_what, octets) => {
  for (const step of [1, 2, 3, 7, 1_000, octets.length]) {
    const follower = new WebSocketFrames()
    for (let at = 0; at < octets.length; at += step) {
      expect(follower.mayInterject).toBe(at === 0)
      follower.follow(octets.subarray(at, at + step))
    }
    expect(follower.mayInterject).toBe(true)
  }
})

it('follows many frames in one piece, and stops short of the last octet', () => {
  const all = Buffer.concat(frames.map(([, octets]) => octets))
  const follower = new WebSocketFrames()
  follower.follow(all)
  expect(follower.mayInterject).toBe(true)
  follower.follow(all.subarray(0, -1))
  expect(follower.mayInterject).toBe(false)
  follower.follow(all.subarray(-1))
  expect(follower.mayInterject).toBe(true)
})

it('has nothing to add after a closing frame', () => {
  const follower = new WebSocketFrames()
  follower.follow(closeFrame(1_000))
  expect(follower.mayInterject).toBe(false)
})

it('never sees the end of a frame that is longer than anything', () => {
  const follower = new WebSocketFrames()
  follower.follow(frame([0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255], 1_000))
  expect(follower.mayInterject).toBe(false)
})

it('writes a closing frame with its code, not masked', () => {
  expect(closeFrame(1_008)).toEqual(Buffer.from([0x88, 2, 0x03, 0xf0]))
})
