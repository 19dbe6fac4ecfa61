import { afterAll, beforeAll, expect, test } from 'vitest'

import { post } from '../check/fixture.ts'
import type { RunningCheck } from '../check/fixture.ts'
import { startDecisionPoint } from './authzen-fixture.ts'

const people = {
  rick: {
    id: 'CiRmZDA2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    mail: 'rick@the-citadel.com',
    todo: '7240d0db-8ff0-41ec-98b2-34a096273b92',
    seesUser: 'rick@the-citadel.com',
    may: { create: true, update: true, updateOthers: true, delete: true, deleteOthers: true },
  },
  morty: {
    id: 'CiRmZDE2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    mail: 'morty@the-citadel.com',
    todo: '7240d0db-8ff0-41ec-98b2-34a096273b91',
    seesUser: 'morty@the-citadel.com',
    may: { create: true, update: true, updateOthers: false, delete: true, deleteOthers: false },
  },
  summer: {
    id: 'CiRmZDI2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    mail: 'summer@the-smiths.com',
    todo: '7240d0db-8ff0-41ec-98b2-34a096273b93',
    seesUser: 'summer@the-smiths.com',
    may: { create: true, update: true, updateOthers: false, delete: true, deleteOthers: false },
  },
  beth: {
    id: 'CiRmZDM2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    mail: 'beth@the-smiths.com',
    todo: '7240d0db-8ff0-41ec-98b2-34a096273b94',
    seesUser: 'beth@the-smiths.com',
    may: { create: false, update: false, updateOthers: false, delete: false, deleteOthers: false },
  },
  jerry: {
    id: 'CiRmZDQ2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    mail: 'jerry@the-smiths.com',
    todo: '7240d0db-8ff0-41ec-98b2-34a096273b95',
    seesUser: 'jerry@the-smiths.com',
    may: { create: false, update: false, updateOthers: false, delete: false, deleteOthers: false },
  },
} as const

type Person = keyof typeof people

function todoOf(owner: Person): object {
  const { todo, mail } = people[owner]
  return { type: 'todo', id: todo, properties: { ownerID: mail } }
}

/** The owner of the todo that is not one's own: Rick's, and for Rick Morty's. */
function otherOf(person: Person): Person {
  return person === 'rick' ? 'morty' : 'rick'
}

const anyTodo = { type: 'todo', id: 'todo-1' }

/** Eight evaluations a person. */
const evaluations = (Object.keys(people) as Person[]).flatMap((person) => {
  const { may, seesUser } = people[person]
  const own = todoOf(person)
  const other = todoOf(otherOf(person))
  return [
    [person, 'can_read_user', { type: 'user', id: 'beth@the-smiths.com' }, true],
    [person, 'can_read_user', { type: 'user', id: seesUser }, true],
    [person, 'can_read_todos', anyTodo, true],
    [person, 'can_create_todo', anyTodo, may.create],
    [person, 'can_update_todo', own, may.update],
    [person, 'can_update_todo', other, may.updateOthers],
    [person, 'can_delete_todo', own, may.delete],
    [person, 'can_delete_todo', other, may.deleteOthers],
  ] as const
})

let running: RunningCheck

beforeAll(async () => {
  running = await startDecisionPoint()
})

afterAll(async () => {
  await running.check.close()
})

test('has all 40 evaluations of the scenario', () => {
  expect(evaluations).toHaveLength(40)
})

test.each(evaluations)('%s: %s on %j is %s', async (person, name, resource, decision) => {
  const subject = { type: 'user', id: people[person].id, identity: people[person].id }
  const body = { subject, action: { name }, resource, context: {} }
  const reply = await post(running, '/access/v1/evaluation', body)
  expect([reply.status, reply.body]).toEqual([200, { decision }])
})

test.each([
  ['rick', ['rick', 'jerry'], [true, true]],
  ['morty', ['rick', 'morty'], [false, true]],
  ['jerry', ['rick', 'jerry'], [false, false]],
] as const)(
  '%s updating the todos of %j: bare decisions, byte for byte',
  async (person, owners, wanted) => {
    const body = {
      subject: { type: 'user', id: people[person].id },
      action: { name: 'can_update_todo' },
      evaluations: owners.map((owner) => ({ resource: todoOf(owner) })),
    }
    const reply = await post(running, '/access/v1/evaluations', body)
    const decisions = wanted.map((decision) => ({ decision }))
    expect(JSON.stringify(reply.body)).toBe(JSON.stringify({ evaluations: decisions }))
  },
)
