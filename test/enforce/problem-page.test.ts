import { expect, it } from 'vitest'
import { pagePolicy, renderProblemPage } from '../../src/enforce/problem-page.ts'

it('escapes whatever it shows', () => {
  const hostile = `<script>alert("1")</script>'&`
  const page = renderProblemPage({
    status: 403,
    title: hostile,
    detail: hostile,
    code: hostile,
    decisionId: hostile,
  })
  expect(page).not.toContain('<script')
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;')
})

it('loads nothing and is framed by nobody', () => {
  expect(pagePolicy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; /)
  expect(pagePolicy).toContain("frame-ancestors 'none'")
  expect(
    renderProblemPage({ status: 403, title: '', detail: '', code: '', decisionId: '' }),
  ).not.toMatch(/src=|href=|url\(/)
})
