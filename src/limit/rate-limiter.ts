import type { Identity } from '../model/identity.ts'
import type { Rate, RateLimits } from '../model/rate-limit.ts'
import { unixPeer } from '../model/request-facts.ts'
import { AddressPrefixes } from './address-prefixes.ts'
import type { Bucket } from './bucket.ts'
import type { Ledger } from './ledger.ts'
import type { LimitMetrics } from './metrics.ts'
import type { LimitOptions } from './options.ts'

/** What of a route limits need. */
export interface LimitedRoute {
  readonly id: string
  readonly limits?: RateLimits
}

/** The name of what everybody has together at a route. */
export const routeLimit = 'route'

/** Every bucket a request has taken from, in order, but those that tell what others do. */
export type Taken = Bucket[]

/**
 * Counts requests before they are answered, from memory and at once. Each step comes as soon as it
 * is known whose request it is; the first one that is used up ends the request. A request that is
 * refused takes nothing from that step.
 */
export class RateLimiter {
  readonly #options: LimitOptions
  readonly #ledger: Ledger
  readonly #metrics: LimitMetrics | null
  readonly #addresses: AddressPrefixes
  /** Each rate is of one limit at one route. */
  readonly #prefixes = new WeakMap<Rate, string>()

  constructor(options: LimitOptions, ledger: Ledger, metrics: LimitMetrics | null = null) {
    this.#options = options
    this.#ledger = ledger
    this.#metrics = metrics
    this.#addresses = new AddressPrefixes(options.ipv4Prefix, options.ipv6Prefix)
    metrics?.observe(() => ledger.size)
  }

  /** Before anything is known of who it is. The bucket that is used up, or null. */
  takeByAddress(ip: string, taken: Taken, nowMs: number): Bucket | null {
    const { address } = this.#options
    // On a Unix socket everybody has the same.
    if (address === null || ip === unixPeer) return null
    return this.#take(
      [this.#bucket('address', null, this.#addresses.of(ip), address)],
      taken,
      nowMs,
    )
  }

  takeByRouteAddress(route: LimitedRoute, ip: string, taken: Taken, nowMs: number): Bucket | null {
    const rate = route.limits?.address
    if (rate === undefined || ip === unixPeer) return null
    const bucket = this.#bucket('route-address', route, this.#addresses.of(ip), rate)
    return this.#take([bucket], taken, nowMs)
  }

  /** Before it is decided: whether somebody is permitted must not show in what is counted. */
  takeByIdentity(
    route: LimitedRoute,
    identity: Identity,
    taken: Taken,
    nowMs: number,
  ): Bucket | null {
    const { subject, client } = this.#options
    const { limits } = route
    if (subject === null && client === null && limits === undefined) return null
    // The anonymous are not one subject: for them there are limits of addresses.
    if (identity.credential === null) return null
    const buckets: Bucket[] = []
    const subjectName = nameOf(identity)
    if (subject !== null) buckets.push(this.#bucket('subject', null, subjectName, subject))
    if (limits?.subject !== undefined) {
      buckets.push(this.#bucket('route-subject', route, subjectName, limits.subject))
    }
    const clientId = clientOf(identity)
    if (clientId !== null) {
      const name = `${identity.issuer.length}:${identity.issuer}${clientId}`
      if (client !== null) buckets.push(this.#bucket('client', null, name, client))
      if (limits?.client !== undefined) {
        buckets.push(this.#bucket('route-client', route, name, limits.client))
      }
    }
    return buckets.length === 0 ? null : this.#take(buckets, taken, nowMs)
  }

  /** Of everybody together, once a request is permitted: whoever is denied uses up nothing of it. */
  takeOfRoute(route: LimitedRoute, nowMs: number): Bucket | null {
    const rate = route.limits?.all
    if (rate === undefined) return null
    return this.#take([this.#bucket(routeLimit, route, '', rate)], null, nowMs)
  }

  /** Of a caller of the decision API. Null: it may ask what it likes. */
  bucketOfCaller(caller: string): Bucket | null {
    const rate = this.#options.caller
    return rate === null ? null : this.#bucket('caller', null, caller, rate)
  }

  /** Whether one more question may be asked, which then counts. */
  takeOne(bucket: Bucket, nowMs: number): boolean {
    return this.#take([bucket], null, nowMs) === null
  }

  /** Whether others have taken what was left, and more, since one was let in. */
  isOverdrawn(bucket: Bucket, nowMs: number): boolean {
    if (!bucket.isOverdrawn(nowMs)) return false
    this.#metrics?.refused(bucket.limit)
    return true
  }

  /** For what one call turns out to ask beyond its first question: paid back before the next one. */
  takeFurther(bucket: Bucket, count: number, nowMs: number): void {
    if (count > 0) this.#ledger.take(bucket, nowMs, count)
  }

  #bucket(limit: string, route: LimitedRoute | null, who: string, rate: Rate): Bucket {
    let prefix = this.#prefixes.get(rate)
    if (prefix === undefined) {
      const { count, windowS, burst } = rate
      const at = route === null ? '' : `${route.id.length}:${route.id}`
      // With the numbers, so that a changed limit begins anew.
      prefix = `${limit} ${count}/${windowS}/${burst} ${at}`
      this.#prefixes.set(rate, prefix)
    }
    return this.#ledger.bucket(limit, prefix + who, rate)
  }

  #take(buckets: readonly Bucket[], taken: Taken | null, nowMs: number): Bucket | null {
    for (const bucket of buckets) {
      if (bucket.waitMs(nowMs) === 0) continue
      this.#metrics?.refused(bucket.limit)
      return bucket
    }
    for (const bucket of buckets) {
      this.#ledger.take(bucket, nowMs)
      taken?.push(bucket)
    }
    return null
  }
}

function nameOf({ subject }: Identity): string {
  return `${subject.type.length}:${subject.type}${subject.id}`
}

/** RFC 9068 section 2.2; `azp` where an issuer has only that. */
function clientOf({ claims }: Identity): string | null {
  const id = claims['client_id'] ?? claims['azp']
  return typeof id === 'string' ? id : null
}
