import type { IncomingMessage, ServerResponse } from 'node:http'

type Listener = (req: IncomingMessage, res: ServerResponse) => unknown

export interface LaterListener {
  readonly listener: Listener
  /** Loads now, unless it is loaded or being loaded. */
  readonly prepare: () => void
}

/**
 * A listener that is loaded once its server listens, or by the first request if that is sooner: a
 * framework that answers a few requests need not hold up those it has no part in. A request that
 * comes while it loads waits unread; one that comes when it cannot be loaded is answered with 500.
 */
export function laterListener(load: () => Promise<Listener>): LaterListener {
  let loaded: Listener | null = null
  let loading: Promise<Listener> | null = null
  const start = (): Promise<Listener> => {
    loading ??= load().then((listener) => (loaded = listener))
    return loading
  }
  return {
    listener: (req, res) => {
      if (loaded !== null) return void loaded(req, res)
      start().then(
        (listener) => listener(req, res),
        () => res.writeHead(500, { connection: 'close' }).end(),
      )
      return undefined
    },
    prepare: () => {
      start().catch(() => undefined)
    },
  }
}
