import { expect, it } from 'vitest'
import { prefersHtml } from '../../src/enforce/accept.ts'

it.each([
  'text/html',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'TEXT/HTML;charset=utf-8, application/json;q=0.5',
])('gives a page for %j', (accept) => {
  expect(prefersHtml(accept)).toBe(true)
})

it.each([
  null,
  '',
  '*/*',
  'application/json',
  'application/problem+json, text/html;q=0.9',
  'application/json, text/html',
  'text/html;q=0',
  'text/html;q=x',
  'text/*',
  `${'a/b,'.repeat(50)}text/html`,
])('gives JSON for %j', (accept) => {
  expect(prefersHtml(accept)).toBe(false)
})
