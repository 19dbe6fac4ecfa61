import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readFolderSignature } from '../../src/runtime/folder-signature.ts'

let dir = ''

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-signature-'))
  await writeFile(join(dir, 'a.yaml'), 'one')
})

afterEach(() => rm(dir, { recursive: true }))

describe('a signature', () => {
  test('is the same for a folder nobody touched', async () => {
    expect(await signature()).toBe(await signature())
  })

  test('of a thousand files is the same each time, in whatever order they are looked at', async () => {
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => writeFile(join(dir, `${index}.yaml`), '')),
    )
    expect(await signature()).toBe(await signature())
    expect((await signature()).split('\n')).toHaveLength(1_002)
  })

  test.each([
    ['another content of the same size and time', () => rewrite()],
    ['a new file', () => writeFile(join(dir, 'b.yml'), '')],
    ['a removed file', () => rm(join(dir, 'a.yaml'))],
    ['a new folder', () => mkdir(join(dir, 'team'))],
    ['a link to nowhere', () => symlink('nowhere', join(dir, 'b.yaml'))],
    ['other permissions', () => chmod(join(dir, 'a.yaml'), 0o600)],
  ])('differs after %s', async (_, change) => {
    const before = await signature()
    await change()
    expect(await signature()).not.toBe(before)
  })

  test.each([
    ['a file that is no policy', () => writeFile(join(dir, 'notes.md'), '')],
    ['a hidden file', () => writeFile(join(dir, '.a.yaml.swp'), '')],
  ])('does not differ after %s', async (_, change) => {
    const before = await signature()
    await change()
    expect(await signature()).toBe(before)
  })

  test('says so when there is no folder', async () => {
    expect((await readFolderSignature(join(dir, 'absent'))).text).toContain('ENOENT')
  })

  test('ends in a folder that holds itself by a link', async () => {
    await symlink('.', join(dir, 'self'))
    expect((await signature()).split('\n').length).toBeLessThan(100)
  })
})

async function signature(): Promise<string> {
  return (await readFolderSignature(dir)).text
}

async function rewrite(): Promise<void> {
  const time = new Date('2026-01-01T00:00:00Z')
  await writeFile(join(dir, 'a.yaml'), 'uno')
  await utimes(join(dir, 'a.yaml'), time, time)
}
