export interface Expense {
  readonly id: string
  readonly department: string
  /** `subject.id` of the person who gets the money. */
  readonly owner: string
  readonly title: string
  readonly amount: number
  readonly date: string
  readonly status: 'submitted' | 'approved'
  readonly approvedBy: string | null
}

export interface Invoice {
  readonly id: string
  readonly supplier: string
  readonly amount: number
  readonly due: string
  readonly status: 'open' | 'paid'
  readonly paidBy: string | null
}

export const periods = ['2026-q1', '2026-q2'] as const

const maxExpenses = 1_000

/** The books of the demo: in memory, gone at exit. */
export class Books {
  readonly #expenses = new Map<string, Expense>()
  readonly #invoices = new Map<string, Invoice>()
  #nextExpense = 1_006

  constructor() {
    const expenses: readonly (readonly [string, string, string, string, number, string])[] = [
      ['EXP-1001', 'engineering', 'emil', 'Train to Hamburg', 128.4, '2026-05-04'],
      ['EXP-1002', 'engineering', 'emil', 'Mechanical keyboard', 149, '2026-05-11'],
      ['EXP-1003', 'engineering', 'mona', 'Conference ticket', 690, '2026-05-12'],
      ['EXP-1004', 'finance', 'amara', 'Tax law handbook', 89.9, '2026-02-20'],
      ['EXP-1005', 'finance', 'felix', 'Dinner with the auditors', 212.35, '2026-03-02'],
    ]
    for (const [id, department, owner, title, amount, date] of expenses) {
      const expense = { id, department, owner, title, amount, date }
      this.#expenses.set(id, { ...expense, status: 'submitted', approvedBy: null })
    }
    const invoices: readonly (readonly [string, string, number, string])[] = [
      ['INV-3001', 'Northwind Hosting', 1_840, '2026-06-01'],
      ['INV-3002', 'Silva Consulting', 5_200, '2026-06-10'],
      ['INV-3003', 'Paper & Toner Ltd', 96.2, '2026-06-15'],
    ]
    for (const [id, supplier, amount, due] of invoices) {
      this.#invoices.set(id, { id, supplier, amount, due, status: 'open', paidBy: null })
    }
  }

  get departments(): readonly string[] {
    return [...new Set(this.expenses().map(({ department }) => department))].sort()
  }

  expenses(department?: string): readonly Expense[] {
    const all = [...this.#expenses.values()]
    return department === undefined ? all : all.filter((item) => item.department === department)
  }

  /** Null unless the record agrees with all of it: what a rule saw in the path is then true. */
  findExpense(department: string, owner: string, id: string): Expense | null {
    const expense = this.#expenses.get(id)
    return expense?.department === department && expense.owner === owner ? expense : null
  }

  /** Null when the books are full. */
  fileExpense(department: string, owner: string, title: string, amount: number): Expense | null {
    if (this.#expenses.size >= maxExpenses) return null
    const id = `EXP-${this.#nextExpense}`
    this.#nextExpense += 1
    const date = new Date().toISOString().slice(0, 10)
    const status = 'submitted'
    const expense = {
      id,
      department,
      owner,
      title,
      amount,
      date,
      status,
      approvedBy: null,
    } as const
    this.#expenses.set(id, expense)
    return expense
  }

  /** Null when it is already approved. */
  approve(expense: Expense, by: string): Expense | null {
    if (expense.status === 'approved') return null
    const approved: Expense = { ...expense, status: 'approved', approvedBy: by }
    this.#expenses.set(expense.id, approved)
    return approved
  }

  invoices(): readonly Invoice[] {
    return [...this.#invoices.values()]
  }

  findInvoice(id: string): Invoice | null {
    return this.#invoices.get(id) ?? null
  }

  /** Null when it is already paid. */
  pay(invoice: Invoice, by: string): Invoice | null {
    if (invoice.status === 'paid') return null
    const paid: Invoice = { ...invoice, status: 'paid', paidBy: by }
    this.#invoices.set(invoice.id, paid)
    return paid
  }

  /** Approved and waiting amounts of a quarter, by department. */
  report(period: string): readonly ReportLine[] {
    const months = period.endsWith('q1') ? ['01', '02', '03'] : ['04', '05', '06']
    const inPeriod = this.expenses().filter(({ date }) =>
      months.some((month) => date.startsWith(`${period.slice(0, 4)}-${month}`)),
    )
    return this.departments.map((department) => {
      const own = inPeriod.filter((item) => item.department === department)
      const total = (status: Expense['status']) =>
        own.filter((item) => item.status === status).reduce((sum, { amount }) => sum + amount, 0)
      return { department, approved: total('approved'), waiting: total('submitted') }
    })
  }
}

export interface ReportLine {
  readonly department: string
  readonly approved: number
  readonly waiting: number
}
