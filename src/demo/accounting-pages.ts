import { html } from 'hono/html'

import type { Expense, Invoice, ReportLine } from './accounting-records.ts'
import { table } from './page.ts'
import type { Markup } from './page.ts'
import { findPerson } from './people.ts'

const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' })

export function expensesPath(department: string): string {
  return `/departments/${encodeURIComponent(department)}/expenses`
}

export function expensePath({ department, owner, id }: Expense): string {
  const parts = [department, 'employees', owner, 'expenses', id].map(encodeURIComponent)
  return `/departments/${parts.join('/')}`
}

export function homeBody(departments: readonly string[]): Markup {
  return html`<p class="soft">Expenses, invoices and reports of a small company.</p>
    <h2>Expenses</h2>
    ${
      departments.length === 0
        ? html`<p>None that you may see.</p>`
        : html`<div class="cards">
            ${departments.map((name) => card(expensesPath(name), name, 'Expenses of the department'))}
          </div>`
    }
    <h2>Books</h2>
    <div class="cards">
      ${card('/invoices', 'Invoices', 'What suppliers are owed')}
      ${card('/reports', 'Reports', 'Expenses by quarter and department')}
    </div>`
}

export function expensesBody(
  department: string,
  expenses: readonly Expense[],
  mayFile: boolean,
): Markup {
  const rows = expenses.map(
    (expense) =>
      html`<tr>
        <td><a href="${expensePath(expense)}">${expense.title}</a></td>
        <td>${nameOf(expense.owner)}</td>
        <td>${expense.date}</td>
        <td>${statusTag(expense.status)}</td>
        <td class="number">${money.format(expense.amount)}</td>
      </tr>`,
  )
  const owners = [...new Set(expenses.map(({ owner }) => owner))]
  const forms = owners.map(
    (owner) =>
      html`<form
        class="row"
        method="post"
        action="/departments/${encodeURIComponent(department)}/employees/${encodeURIComponent(owner)}/expenses"
      >
        <input name="title" placeholder="What for" maxlength="120" required />
        <input name="amount" placeholder="Amount" type="number" min="0.01" step="0.01" required />
        <button class="do">File for ${nameOf(owner)}</button>
      </form>`,
  )
  return html`${table(['Expense', 'Employee', 'Date', 'Status', '#Amount'], rows)}
  ${
    mayFile
      ? html`<h2>File an expense</h2>
          ${forms}`
      : ''
  }`
}

export function expenseBody(expense: Expense, mayApprove: boolean): Markup {
  return html`<p>${statusTag(expense.status)}</p>
    <dl class="facts">
      <dt>Amount</dt>
      <dd>${money.format(expense.amount)}</dd>
      <dt>Employee</dt>
      <dd>${nameOf(expense.owner)}, ${expense.department}</dd>
      <dt>Date</dt>
      <dd>${expense.date}</dd>
      <dt>Number</dt>
      <dd>${expense.id}</dd>
      <dt>Approved by</dt>
      <dd>${expense.approvedBy === null ? 'Nobody yet' : nameOf(expense.approvedBy)}</dd>
    </dl>
    ${change(expense.status === 'submitted', mayApprove, 'approve', `${expensePath(expense)}/approval`)}
    <p><a href="${expensesPath(expense.department)}">All expenses of ${expense.department}</a></p>`
}

export function invoicesBody(invoices: readonly Invoice[]): Markup {
  const rows = invoices.map(
    (invoice) =>
      html`<tr>
        <td><a href="/invoices/${invoice.id}">${invoice.id}</a></td>
        <td>${invoice.supplier}</td>
        <td>${invoice.due}</td>
        <td>${statusTag(invoice.status)}</td>
        <td class="number">${money.format(invoice.amount)}</td>
      </tr>`,
  )
  return table(['Invoice', 'Supplier', 'Due', 'Status', '#Amount'], rows)
}

export function invoiceBody(invoice: Invoice, mayPay: boolean): Markup {
  return html`<p>${statusTag(invoice.status)}</p>
    <dl class="facts">
      <dt>Amount</dt>
      <dd>${money.format(invoice.amount)}</dd>
      <dt>Due</dt>
      <dd>${invoice.due}</dd>
      <dt>Number</dt>
      <dd>${invoice.id}</dd>
      <dt>Paid by</dt>
      <dd>${invoice.paidBy === null ? 'Nobody yet' : nameOf(invoice.paidBy)}</dd>
    </dl>
    ${change(invoice.status === 'open', mayPay, 'pay', `/invoices/${invoice.id}/payment`)}`
}

export function reportsBody(periods: readonly string[]): Markup {
  return html`<div class="cards">
    ${periods.map((period) => card(`/reports/${period}`, period, 'Expenses by department'))}
  </div>`
}

export function reportBody(lines: readonly ReportLine[]): Markup {
  const rows = lines.map(
    ({ department, approved, waiting }) =>
      html`<tr>
        <td>${department}</td>
        <td class="number">${money.format(approved)}</td>
        <td class="number">${money.format(waiting)}</td>
      </tr>`,
  )
  return table(['Department', '#Approved', '#Waiting'], rows)
}

/** The button stays for those who may not, so that a denial can be seen as well. */
function change(isOpen: boolean, isPermitted: boolean, verb: string, action: string): Markup {
  if (!isOpen) return html``
  const label = verb.charAt(0).toUpperCase() + verb.slice(1)
  const hint = isPermitted
    ? ''
    : html`<span class="soft">Policy does not let you ${verb} this. Try it and be denied.</span>`
  return html`<form method="post" action="${action}" class="row">
    <button class="do">${label}</button> ${hint}
  </form>`
}

function card(href: string, title: string, text: string): Markup {
  return html`<a class="card" href="${href}"><strong>${title}</strong><span>${text}</span></a>`
}

function statusTag(status: string): Markup {
  const isDone = status === 'approved' || status === 'paid'
  return html`<span class="tag ${isDone ? 'good' : ''}">${status}</span>`
}

function nameOf(id: string): string {
  return findPerson(id)?.name ?? id
}
