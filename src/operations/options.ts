/** Health and metrics. Keep it off public addresses: it is not authenticated. */
export interface OperationsOptions {
  readonly host: string
  readonly port: number
}

export const defaultOperationsOptions: OperationsOptions = { host: '127.0.0.1', port: 8282 }
