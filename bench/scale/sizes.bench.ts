import { cloudPolicies, cloudShape, makeCloud } from './cloud-roles.ts'
import { githubOperations, githubPolicies, githubRights } from './github-rest.ts'
import { asked, measureSize } from './measure.ts'
import { policyFiles } from './policy-files.ts'

const which = process.argv[2] ?? ''

function measure(): unknown {
  switch (which) {
    case 'files':
      return measureSize('10,000 files, 49,995 rules', () => policyFiles(10_000), fileRequests())
    case 'github':
      return measureSize(
        "GitHub's REST API, 1,222 operations",
        () => githubPolicies(githubOperations()),
        githubRequests(),
      )
    case 'cloud':
      return measureSize(
        '2,461 roles, 165,179 permissions',
        () => cloudPolicies(makeCloud(cloudShape)),
        cloudRequests(),
      )
    default:
      throw new Error('Usage: node --expose-gc bench/scale/sizes.bench.ts files|github|cloud')
  }
}

const common = { context: {}, timeMs: 1_700_000_000_000 }

function fileRequests(): ReturnType<typeof asked>[] {
  return Array.from({ length: 2_000 }, (_, at) =>
    asked({
      subject: {
        type: 'user',
        id: `user-${at % 50}`,
        properties: { department: 'sales', groups: ['sales', 'sales-leads'] },
      },
      action: { name: ['list', 'view', 'edit', 'approve'][at % 4] ?? 'view', properties: {} },
      resource: {
        type: `service-${(at * 7_919) % 9_999}`,
        id: '1',
        properties: { department: 'sales', amount: 120.5, owner: 'user-7', tags: ['a'] },
      },
      ...common,
    }),
  )
}

function githubRequests(): ReturnType<typeof asked>[] {
  const rights = Object.keys(githubRights)
  return githubOperations().map(({ resource, action, area }, at) =>
    asked({
      subject: {
        type: 'user',
        id: `user-${at}`,
        properties: { groups: [`${area}-${rights[at % 3] ?? 'reader'}`] },
      },
      action: { name: action, properties: {} },
      resource: { type: resource, id: '1', properties: {} },
      ...common,
    }),
  )
}

function cloudRequests(): ReturnType<typeof asked>[] {
  const { roles, permissions } = makeCloud(cloudShape)
  return Array.from({ length: 2_000 }, (_, at) => {
    const held = [1, 3, 7].map((step) => roles[(at * 31 * step) % roles.length]?.name ?? '')
    const { resource, action } = permissions[(at * 7_919) % permissions.length] ?? {
      resource: '',
      action: '',
    }
    return asked({
      subject: { type: 'user', id: `user-${at % 100}`, properties: { groups: held } },
      action: { name: action, properties: {} },
      resource: { type: resource, id: '1', properties: {} },
      ...common,
    })
  })
}

process.stdout.write(`${JSON.stringify(measure())}\n`)
