import { expect, it } from 'vitest'
import { ask } from '../support/ask.ts'
import { openFrontDoor } from './front-door.ts'

const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl'

it('says which condition failed on a request, and keeps what was secret in it', async () => {
  const door = await openFrontDoor((_, res) => void res.end(), {
    policy: `resource: file
actions: [view, edit]
rules:
  - id: numbered
    permit: [view, edit]
    roles: [staff]
    when: int(resource.id) > 1
`,
  })
  const headers = { authorization: 'Bearer alice' }
  expect((await ask(door.origin, `/files/${jwt}`, { headers })).status).toBe(403)
  const [denial] = door.logs.filter(({ message }) => message === 'Denied a request')
  expect(denial?.fields['errors']).toMatchObject([{ rule: 'file/numbered' }])
  expect(JSON.stringify(door.logs)).not.toMatch(/eyJzdWIi|c2lnbmF0dXJl/)
  await door.close()
})
