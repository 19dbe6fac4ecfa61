import assert from 'node:assert/strict'
import type { UpstreamTls, UpstreamTlsSource } from '../upstream/connector.ts'
import type { UpstreamTlsOptions } from '../upstream/options.ts'
import type { ListenTlsOptions } from '../listen/options.ts'
import type { TlsSource } from '../listen/tls-source.ts'
import { type BuiltListenerTls, buildListenerTls } from './listener-tls.ts'
import { type BuiltUpstreamTls, buildUpstreamTls } from './upstream-tls.ts'
import { FileProblem, type FileTexts } from './watched-files.ts'

export interface CertificateOptions {
  readonly gateway: ListenTlsOptions | null
  readonly upstreams: readonly UpstreamTlsOptions[]
}

/** Files that are renewed together: those of the listener, and those for upstreams. */
export type CertificateArea = 'gateway' | 'upstreams'

/** What the files of each area hold. */
export type CertificateTexts = Readonly<Record<CertificateArea, FileTexts>>

const plain: UpstreamTls = { context: null, serverName: null }

/**
 * The certificates in use, built from what their files hold. The texts have been found good before:
 * they are read in one place, and used in as many processes as there are.
 */
export class Certificates {
  readonly gateway: TlsSource | null
  readonly upstreams: UpstreamTlsSource
  readonly #options: CertificateOptions
  readonly #listeners: (() => void)[] = []
  #served: BuiltListenerTls | null
  #towards: BuiltUpstreamTls

  constructor(options: CertificateOptions, texts: CertificateTexts) {
    this.#options = options
    this.#served = options.gateway === null ? null : this.#serve(options.gateway, texts.gateway)
    this.#towards = this.#turnTo(texts.upstreams)
    const served = (): BuiltListenerTls => {
      assert.ok(this.#served !== null)
      return this.#served
    }
    this.gateway =
      options.gateway === null
        ? null
        : {
            get current() {
              return served().certificates
            },
            onSwap: (listener) => this.#listeners.push(listener),
          }
    this.upstreams = {
      for: (origin) => {
        const { byOrigin } = this.#towards
        return byOrigin.get(origin) ?? byOrigin.get('') ?? plain
      },
    }
  }

  /** New connections get what the texts hold; those there are go on as they are. */
  renew(area: CertificateArea, texts: FileTexts): void {
    if (area === 'upstreams') this.#towards = this.#turnTo(texts)
    else if (this.#options.gateway !== null) {
      this.#served = this.#serve(this.#options.gateway, texts)
      for (const listener of this.#listeners) listener()
    }
  }

  #serve(options: ListenTlsOptions, texts: FileTexts): BuiltListenerTls {
    return sound(buildListenerTls(options, texts, null))
  }

  #turnTo(texts: FileTexts): BuiltUpstreamTls {
    return sound(buildUpstreamTls(this.#options.upstreams, texts, null))
  }
}

function sound<Built>(built: Built | FileProblem): Built {
  assert.ok(!(built instanceof FileProblem), 'Certificates are used before they are found good')
  return built
}
