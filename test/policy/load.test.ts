import {
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PolicyFolderReader, readPolicyFolder, readTestFolder } from '../../src/policy/load.ts'
import { walkFolder } from '../../src/policy/walk-folder.ts'

let dir = ''

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-load-'))
})

afterEach(async () => {
  await rm(dir, { recursive: true, force: true })
})

async function put(path: string, text = `# ${path}\n`): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true })
  await writeFile(join(dir, path), text)
}

/** System calls of this process that read something. */
async function countReads(): Promise<number> {
  return Number(/syscr: (\d+)/u.exec(await readFile('/proc/self/io', 'utf8'))?.[1])
}

async function paths(): Promise<readonly string[]> {
  return (await readPolicyFolder(dir)).map(({ path }) => path)
}

describe('a folder with more entries than are looked at', () => {
  it('is walked to that number and called unlisted, and is not read', async () => {
    for (const path of ['a.yaml', 'b.yaml', 'c.yaml']) await put(path)
    expect((await walkFolder(dir, 3)).map(({ kind }) => kind)).toEqual([
      'folder',
      'file',
      'file',
      'file',
    ])
    const walked = await walkFolder(dir, 2)
    expect(walked).toContainEqual(
      expect.objectContaining({ path: '', kind: 'unlisted', reason: 'more than 2 entries' }),
    )
    await expect(new PolicyFolderReader(dir).read(false, Date.now(), walked)).rejects.toThrow(
      `Cannot read the policy folder "${dir}": more than 2 entries`,
    )
  })
})

describe('reading a policy folder', () => {
  it('takes YAML files in the folder and below, sorted, tests and hidden files left out', async () => {
    for (const path of [
      'b.yaml',
      'a/c.yml',
      'B.yaml',
      'a.test.yaml',
      'a/x.test.yml',
      '.hidden.yaml',
      '.git/x.yaml',
      'notes.md',
      'a.yaml.bak',
    ]) {
      await put(path)
    }
    expect(await paths()).toEqual(['B.yaml', 'a/c.yml', 'b.yaml'])
    expect((await readTestFolder(dir)).map(({ path }) => path)).toEqual([
      'a.test.yaml',
      'a/x.test.yml',
    ])
    expect((await readPolicyFolder(dir))[1]).toEqual({ path: 'a/c.yml', text: '# a/c.yml\n' })
  })

  it('follows the links of a Kubernetes ConfigMap and sees each policy once', async () => {
    await put('..2026_01_01/roles.yaml', 'one')
    await put('..2026_01_02/roles.yaml', 'two')
    await symlink('..2026_01_01', join(dir, '..data'))
    await symlink('..data/roles.yaml', join(dir, 'roles.yaml'))
    expect(await readPolicyFolder(dir)).toEqual([{ path: 'roles.yaml', text: 'one' }])
    await symlink('..2026_01_02', join(dir, '..data_tmp'))
    await rename(join(dir, '..data_tmp'), join(dir, '..data'))
    expect(await readPolicyFolder(dir)).toEqual([{ path: 'roles.yaml', text: 'two' }])
  })

  it('keeps bytes that are not UTF-8 visible to the compiler', async () => {
    await writeFile(join(dir, 'a.yaml'), Buffer.from([0x61, 0xff]))
    expect((await readPolicyFolder(dir))[0]?.text).toBe('a\uFFFD')
  })

  it('finds nothing in an empty folder', async () => {
    expect(await paths()).toEqual([])
  })
})

describe('what stops the reading', () => {
  it('a folder that does not exist', async () => {
    await expect(readPolicyFolder(join(dir, 'none'))).rejects.toMatchObject({
      code: 'ERR_READ',
      message: `Cannot read the policy folder "${join(dir, 'none')}": there is no such folder`,
    })
  })

  it('a file in place of the folder', async () => {
    await put('a.yaml')
    await expect(readPolicyFolder(join(dir, 'a.yaml'))).rejects.toThrow('it is no folder')
  })

  it('a link to nothing, which would drop what its policy denies', async () => {
    await symlink('gone.yaml', join(dir, 'deny.yaml'))
    await expect(readPolicyFolder(dir)).rejects.toMatchObject({
      code: 'ERR_READ',
      message: `"${dir}/deny.yaml" is a link to nothing`,
    })
  })

  it('a device, which would be read without end', async () => {
    await symlink('/dev/zero', join(dir, 'a.yaml'))
    await expect(readPolicyFolder(dir)).rejects.toThrow(`"${dir}/a.yaml" is not a regular file`)
  })

  it('a folder that contains itself', async () => {
    await put('a.yaml')
    await symlink('.', join(dir, 'again'))
    await expect(readPolicyFolder(dir)).rejects.toThrow('lies deeper than 16 folders')
  })
})

describe('reading it again', () => {
  const later = (): number => Date.now() + 10_000

  it('reads what has changed, what came and what went', async () => {
    const reader = new PolicyFolderReader(dir)
    await put('a.yaml', 'one')
    await put('b.yaml', 'one')
    await put('c/d.yaml', 'one')
    await reader.read(false, later(), await walkFolder(dir))
    await put('a.yaml', 'two')
    await rm(join(dir, 'b.yaml'))
    await put('c/e.yaml', 'two')
    expect(await reader.read(false, later(), await walkFolder(dir))).toEqual([
      { path: 'a.yaml', text: 'two' },
      { path: 'c/d.yaml', text: 'one' },
      { path: 'c/e.yaml', text: 'two' },
    ])
  })

  it('opens no file that looks as it did, unless asked to', async () => {
    for (let at = 0; at < 100; at += 1) await put(`${at}.yaml`)
    const reader = new PolicyFolderReader(dir)
    const readsOf = async (isFresh: boolean): Promise<number> => {
      const before = await countReads()
      await reader.read(isFresh, later(), await walkFolder(dir))
      return (await countReads()) - before
    }
    expect(await readsOf(false)).toBeGreaterThanOrEqual(100)
    expect(await readsOf(false)).toBeLessThan(100)
    expect(await readsOf(true)).toBeGreaterThanOrEqual(100)
  })

  it('keeps nothing of a file that may change again within the same tick of the clock', async () => {
    const reader = new PolicyFolderReader(dir)
    await put('a.yaml', 'one')
    const { atime, mtime } = await stat(join(dir, 'a.yaml'))
    await reader.read(false, Date.now(), await walkFolder(dir))
    await put('a.yaml', 'two')
    await utimes(join(dir, 'a.yaml'), atime, mtime)
    expect(await reader.read(false, Date.now(), await walkFolder(dir))).toEqual([
      { path: 'a.yaml', text: 'two' },
    ])
  })

  it('refuses a link to nothing', async () => {
    await symlink('gone.yaml', join(dir, 'deny.yaml'))
    await expect(
      new PolicyFolderReader(dir).read(false, later(), await walkFolder(dir)),
    ).rejects.toThrow(`"${dir}/deny.yaml" is a link to nothing`)
  })
})
