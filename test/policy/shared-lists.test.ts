import { describe, expect, it } from 'vitest'
import { SharedLists } from '../../src/policy/shared-lists.ts'

describe('lists that are kept once', () => {
  it('are one for equal names and another for others', () => {
    const lists = new SharedLists()
    const first = lists.of(['view', 'edit'])
    expect(lists.of(['view', 'edit'])).toBe(first)
    expect(lists.of(['edit', 'view'])).toEqual(['edit', 'view'])
    expect(lists.of([])).toEqual([])
  })

  it('are never mistaken for each other, whatever the names hold', () => {
    const lists = new SharedLists()
    expect(lists.of(['view\nedit'])).toEqual(['view\nedit'])
    expect(lists.of(['view', 'edit'])).toEqual(['view', 'edit'])
    expect(lists.of([''])).toEqual([''])
    expect(lists.of([])).toEqual([])
  })

  it('do not change with the list they were made of', () => {
    const names = ['view']
    const list = new SharedLists().of(names)
    names.push('edit')
    expect(list).toEqual(['view'])
  })

  it('are forgotten when there are too many', () => {
    const lists = new SharedLists()
    const first = lists.of(['first'])
    for (let at = 0; at < 10_000; at += 1) lists.of([`name-${at}`])
    expect(lists.of(['first'])).not.toBe(first)
  })
})
