import { periods } from './accounting-records.ts'
import type { Books, Expense } from './accounting-records.ts'
import * as pages from './accounting-pages.ts'
import { changed, createApp, nothingHere, readFields, reply } from './app.ts'
import type { App, AppContext, AppFrame } from './app.ts'
import type { ReadCaller } from './caller.ts'
import { findPerson } from './people.ts'
import type { AskPermissions, Question } from './permissions.ts'

export const accountingHost = 'accounting.localhost'
export const accountingAudience = 'accounting'

const frame: AppFrame = {
  name: 'Accounting',
  accent: '#0b6e5f',
  navigation: [
    { href: '/invoices', label: 'Invoices' },
    { href: '/reports', label: 'Reports' },
  ],
}

const maxTitleLength = 120

/**
 * Expenses, invoices and reports. There is not one permission in here: who may do what is in the
 * gateway's policies. What it does promise is that the words of a path are true of the record
 * behind it, because the policies decide by them.
 */
export function createAccounting(
  books: Books,
  readCaller: ReadCaller,
  askPermissions: AskPermissions,
): App {
  const app = createApp(frame, readCaller)

  app.get('/', async (context) => {
    const { departments } = books
    const caller = context.get('caller')
    const mayList = await askPermissions(caller, departments.map(listQuestion))
    const open = departments.filter((_, index) => mayList[index])
    return reply(context, frame, {
      title: `Good day, ${caller.name}`,
      json: {
        application: 'accounting',
        departments: open.map((name) => ({ name, expenses: pages.expensesPath(name) })),
        invoices: '/invoices',
        reports: '/reports',
      },
      body: pages.homeBody(open),
    })
  })

  app.get('/departments/:department/expenses', async (context) => {
    const department = context.req.param('department')
    if (!books.departments.includes(department)) return nothingHere(context, frame)
    const expenses = books.expenses(department)
    const mayFile = await askPermissions(context.get('caller'), [fileQuestion(department)])
    return reply(context, frame, {
      title: `Expenses of ${department}`,
      json: { department, expenses: expenses.map(withLinks) },
      body: pages.expensesBody(department, expenses, mayFile[0] === true),
    })
  })

  app.post('/departments/:department/employees/:owner/expenses', async (context) => {
    const { department, owner } = context.req.param()
    if (findPerson(owner)?.department !== department) return nothingHere(context, frame)
    const fields = await readFields(context)
    const title = (fields.get('title') ?? '').trim()
    const amount = Number(fields.get('amount'))
    if (title === '' || title.length > maxTitleLength || !(amount > 0 && amount < 1_000_000)) {
      return complain(context, 400, 'An expense needs a title and an amount above zero')
    }
    const expense = books.fileExpense(department, owner, title, Math.round(amount * 100) / 100)
    if (expense === null) return complain(context, 409, 'The books of this demo are full')
    return changed(context, frame, pages.expensePath(expense), {
      title: expense.id,
      status: 201,
      json: withLinks(expense),
    })
  })

  app.get('/departments/:department/employees/:owner/expenses/:id', async (context) => {
    const expense = findExpense(books, context)
    if (expense === null) return nothingHere(context, frame)
    const mayApprove = await askPermissions(context.get('caller'), [approveQuestion(expense)])
    return reply(context, frame, {
      title: expense.title,
      json: withLinks(expense),
      body: pages.expenseBody(expense, mayApprove[0] === true),
    })
  })

  app.post('/departments/:department/employees/:owner/expenses/:id/approval', (context) => {
    const expense = findExpense(books, context)
    if (expense === null) return nothingHere(context, frame)
    const approved = books.approve(expense, context.get('caller').id)
    if (approved === null) return complain(context, 409, `${expense.id} is already approved`)
    const answer = { title: approved.title, json: withLinks(approved) }
    return changed(context, frame, pages.expensePath(approved), answer)
  })

  app.get('/invoices', (context) =>
    reply(context, frame, {
      title: 'Invoices',
      json: { invoices: books.invoices() },
      body: pages.invoicesBody(books.invoices()),
    }),
  )

  app.get('/invoices/:id', async (context) => {
    const invoice = books.findInvoice(context.req.param('id'))
    if (invoice === null) return nothingHere(context, frame)
    const question = { action: 'pay', type: 'invoice', id: invoice.id }
    const mayPay = await askPermissions(context.get('caller'), [question])
    return reply(context, frame, {
      title: `Invoice of ${invoice.supplier}`,
      json: invoice,
      body: pages.invoiceBody(invoice, mayPay[0] === true),
    })
  })

  app.post('/invoices/:id/payment', (context) => {
    const invoice = books.findInvoice(context.req.param('id'))
    if (invoice === null) return nothingHere(context, frame)
    const paid = books.pay(invoice, context.get('caller').id)
    if (paid === null) return complain(context, 409, `${invoice.id} is already paid`)
    return changed(context, frame, `/invoices/${paid.id}`, { title: paid.id, json: paid })
  })

  app.get('/reports', (context) =>
    reply(context, frame, {
      title: 'Reports',
      json: { reports: periods.map((period) => `/reports/${period}`) },
      body: pages.reportsBody(periods),
    }),
  )

  app.get('/reports/:period', (context) => {
    const period = periods.find((one) => one === context.req.param('period'))
    if (period === undefined) return nothingHere(context, frame)
    const lines = books.report(period)
    return reply(context, frame, {
      title: `Report ${period}`,
      json: { period, departments: lines },
      body: pages.reportBody(lines),
    })
  })

  return app
}

function complain(context: AppContext, status: 400 | 409, title: string): Promise<Response> {
  return reply(context, frame, { status, title, json: { title } })
}

function findExpense(books: Books, context: AppContext): Expense | null {
  const { department = '', owner = '', id = '' } = context.req.param()
  return books.findExpense(department, owner, id)
}

function listQuestion(department: string): Question {
  return { action: 'list', type: 'expense', id: department, properties: { department } }
}

function fileQuestion(department: string): Question {
  return { action: 'file', type: 'expense', id: department, properties: { department } }
}

function approveQuestion({ id, department, owner }: Expense): Question {
  return { action: 'approve', type: 'expense', id, properties: { department, owner } }
}

function withLinks(expense: Expense) {
  const self = pages.expensePath(expense)
  return { ...expense, links: { self, approval: `${self}/approval` } }
}
