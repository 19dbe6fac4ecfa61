// @ts-nocheck Generated from the schema beside it by `npm run build:validators`.
import type { SchemaValidator } from '../source/validate-schema.ts'
import { equal, joined, ucs2length } from '../source/validator-functions.ts'
export const validate: SchemaValidator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"sallyport.yaml","description":"Configuration of Sallyport. Every option is described in docs/configuration.md.","type":"object","additionalProperties":false,"properties":{"gateway":{"description":"The listener in front of the applications.","type":"object","additionalProperties":false,"properties":{"host":{"description":"Address to listen on; `0.0.0.0` or `::` listens on every interface. Environment: SALLYPORT_GATEWAY_HOST.","default":"127.0.0.1","type":"string","minLength":1,"maxLength":4096},"port":{"description":"Port to listen on; 0 takes any free one. Range: 0 to 65535. Environment: SALLYPORT_GATEWAY_PORT.","default":8080,"type":"integer","minimum":0,"maximum":65535},"socket":{"description":"Path of a Unix socket to listen on in place of host and port; relative to this file. Environment: SALLYPORT_GATEWAY_SOCKET.","type":"string","minLength":1,"maxLength":100},"socket_mode":{"description":"Permission bits of the socket: who may write to it may connect.","default":"0660","title":"permission bits such as \"0660\", in quotes","type":"string","pattern":"^0[0-7]{3}$"},"proxy_protocol":{"description":"Addresses or CIDR ranges of load balancers that begin each connection with a PROXY protocol header (version 1 or 2); `unix` stands for everybody on the Unix socket. The header says who the client is; a listed peer that sends none within `headers_timeout` is cut off, and so is anybody else who sends one.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000},"tls":{"description":"HTTPS. Without it the gateway speaks plain HTTP.","type":"object","additionalProperties":false,"required":["certificates"],"properties":{"certificates":{"description":"Certificates, each with its key; which one is shown depends on the name the client asks for (SNI).","type":"array","minItems":1,"maxItems":1000,"items":{"type":"object","additionalProperties":false,"required":["certificate","key"],"properties":{"certificate":{"description":"PEM file of the certificate, followed by its intermediates; relative to this file.","type":"string","minLength":1,"maxLength":4096},"key":{"description":"PEM file of its private key, not encrypted; relative to this file.","type":"string","minLength":1,"maxLength":4096}}}},"min_version":{"description":"Oldest version of TLS that is spoken; with 1.2 only suites with forward secrecy and authenticated encryption.","default":"1.3","type":["string","number"],"enum":["1.2","1.3",1.2,1.3]},"unknown_names":{"description":"What a client gets that asks for a name no certificate has, or for none: the first certificate, or no connection.","default":"first","type":"string","enum":["first","refuse"]},"client_certificates":{"description":"Clients are asked for a certificate (mutual TLS).","type":"object","additionalProperties":false,"required":["authorities"],"properties":{"authorities":{"description":"PEM file of the authorities whose client certificates are accepted; relative to this file.","type":"string","minLength":1,"maxLength":4096},"mode":{"description":"`optional` lets clients in without one; one that is shown must be good either way.","default":"required","type":"string","enum":["required","optional"]}}},"handshake_timeout":{"description":"From the connection to the end of the handshake. Range: 1s to 5m.","default":"10s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_handshakes":{"description":"Handshakes under way at the same time; more connections are closed at once. Range: 1 to 100000.","default":1000,"type":"integer","minimum":1,"maximum":100000},"max_client_handshakes":{"description":"The same of one client address. Trusted proxies have no such limit. 0: as many as there may be at all. Range: 0 to 100000.","default":250,"type":"integer","minimum":0,"maximum":100000},"client_handshake_rate":{"description":"Handshakes that one client address may begin within a second, in each process; more connections are closed at once. Trusted proxies have no such limit. 0: as many as it likes. Range: 0 to 100000.","default":200,"type":"integer","minimum":0,"maximum":100000}}},"trusted_proxies":{"description":"Addresses or CIDR ranges of proxies in front, whose X-Forwarded-* and Forwarded headers are believed; `unix` stands for everybody on the Unix socket. Never a range that holds everything.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000},"max_header_size":{"description":"Request line and header fields together; more is refused with 431. Range: 1KiB to 256KiB.","default":"16KiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"max_header_count":{"description":"Header fields of one request; more is refused with 431. Range: 16 to 2000.","default":100,"type":"integer","minimum":16,"maximum":2000},"max_body_size":{"description":"Request body; more is refused with 413. `unlimited` switches the limit off. Range: at least 1B.","default":"1GiB","title":"a size such as 1MiB, or unlimited","type":"string","pattern":"^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$"},"headers_timeout":{"description":"From the first byte of a request to the end of its header. Range: 1s to 1h.","default":"10s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"body_idle_timeout":{"description":"Longest silence while a request body is coming in. Range: 1s to 1h.","default":"30s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"keep_alive_timeout":{"description":"Longest silence between two requests on one connection; keep it longer than that of a load balancer in front. Range: 1s to 1h.","default":"65s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_connections":{"description":"Client connections at the same time. When there are as many, one that carries nothing gives way to the next; when there is none, the next is closed at once. Range: 1 to 1000000.","default":10000,"type":"integer","minimum":1,"maximum":1000000},"max_client_connections":{"description":"Connections of one client address at the same time; more are closed at once. Trusted proxies have no such limit. 0: as many as there may be at all. Range: 0 to 1000000.","default":5000,"type":"integer","minimum":0,"maximum":1000000},"min_body_rate":{"description":"Slowest a request body may come, in bytes a second, once body_idle_timeout was spent waiting for it; slower ones are refused with 408. 0B: as slow as it likes. Range: 0B to 1MiB.","default":"512B","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"overload_delay":{"description":"A request that was kept waiting for longer by those that came before it is refused with 503 before anything else is done with it. 0s: never. Range: 0s to 1m.","default":"500ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_upgrades":{"description":"Connections switched to another protocol (WebSocket) at the same time; more are refused with 503. Range: 0 to 1000000.","default":5000,"type":"integer","minimum":0,"maximum":1000000},"upgrade_idle_timeout":{"description":"Longest silence, both ways, on a connection that was switched to another protocol. Range: 1s to 1d.","default":"10m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"upgrade_origins":{"description":"Sites, such as https://app.example.com, whose pages may open WebSockets here, besides the host that is asked itself.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000},"recheck_interval":{"description":"How often it is asked again whether what is open long is still permitted; a policy change asks at once. Range: 1s to 1h.","default":"10s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"workers":{"description":"Processes that serve the gateway and the decision API; `auto`: one for each processor, 64 at most. Range: 1 to 256. Environment: SALLYPORT_GATEWAY_WORKERS.","default":"auto","title":"auto, or a whole number","type":["integer","string"],"pattern":"^auto$"},"reuse_port":{"description":"Whether another process of the same user may listen on the ports of this one, to take over from it; for all three listeners.","default":false,"type":"boolean"},"drain_idle_timeout":{"description":"How long a shutdown leaves an idle client connection open for one more request, which is answered as its last. Range: 0s to 1m.","default":"1s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"drain_timeout":{"description":"How long a shutdown waits for requests in flight. Range: 0s to 1h.","default":"20s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"upstreams":{"description":"Connections from the gateway to the applications.","type":"object","additionalProperties":false,"properties":{"connect_timeout":{"description":"To open a connection; past it the client gets 502. Range: 10ms to 5m.","default":"3s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"headers_timeout":{"description":"From the request sent to the response header; past it the client gets 504. Range: 10ms to 1h.","default":"1m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"body_idle_timeout":{"description":"Longest silence within a response body. Range: 10ms to 1h.","default":"1m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_connections":{"description":"Connections to one upstream origin. Range: 1 to 65536.","default":256,"type":"integer","minimum":1,"maximum":65536},"keep_alive_timeout":{"description":"How long an idle upstream connection is kept. Range: 1s to 1h.","default":"30s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_header_size":{"description":"Response header of an upstream; more is answered with 502. Range: 1KiB to 256KiB.","default":"32KiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"allowed_addresses":{"description":"Addresses or CIDR ranges that connections to upstreams may lead to, and no others. Empty: every address a route writes down, and of those a name stands for all but loopback (except for `localhost`), link-local and metadata services.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000},"denied_addresses":{"description":"Addresses or CIDR ranges that no connection to an upstream leads to, whatever names them.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000},"identity_headers":{"description":"Subject, issuer and roles as plain fields beside the identity token, unless a route says.","default":true,"type":"boolean"},"token_exchange":{"description":"Upstreams that want a token of their own in place of the client's (RFC 8693).","type":"array","maxItems":256,"items":{"type":"object","additionalProperties":false,"required":["upstream","token_endpoint","client_id","client_secret_file"],"properties":{"upstream":{"description":"The origin, as routes write it.","type":"string","minLength":1,"maxLength":2048},"token_endpoint":{"description":"Where tokens are exchanged; https, or http on loopback.","type":"string","minLength":1,"maxLength":2048},"client_id":{"description":"Who the gateway is to it.","type":"string","minLength":1,"maxLength":1024},"client_secret_file":{"description":"File with its client secret, read at start; relative to this file.","type":"string","minLength":1,"maxLength":4096},"audience":{"description":"`audience` that is asked for; without it that of the route.","type":"string","minLength":1,"maxLength":2048},"resource":{"description":"`resource` that is asked for.","type":"string","minLength":1,"maxLength":2048},"scope":{"description":"`scope` that is asked for.","type":"string","minLength":1,"maxLength":2048},"timeout":{"description":"How long an exchange may take. Range: 100ms to 1m.","default":"3s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}}},"tls":{"description":"How `https` upstreams are verified and who the gateway is to them.","default":[],"type":"array","maxItems":1000,"items":{"type":"object","additionalProperties":false,"properties":{"upstream":{"description":"The origin, as routes write it. Without it the entry is for all that have none of their own.","type":"string","minLength":1,"maxLength":2048},"authorities":{"description":"PEM file of the authorities that are believed, in place of those Node.js knows; relative to this file.","type":"string","minLength":1,"maxLength":4096},"server_name":{"description":"Name that is asked for and verified in place of the host of the origin.","type":"string","minLength":1,"maxLength":253},"certificate":{"description":"PEM file of the certificate the gateway shows (mutual TLS); relative to this file.","type":"string","minLength":1,"maxLength":4096},"key":{"description":"PEM file of its private key, not encrypted; relative to this file.","type":"string","minLength":1,"maxLength":4096},"min_version":{"description":"Oldest version of TLS that is spoken.","default":"1.2","type":["string","number"],"enum":["1.2","1.3",1.2,1.3]}}}}}},"issuers":{"description":"Who may issue access tokens. Without an issuer every request is refused.","type":"array","maxItems":64,"items":{"type":"object","additionalProperties":false,"required":["issuer","audiences"],"properties":{"issuer":{"description":"Compared with `iss` byte for byte; https, or http on loopback.","type":"string","minLength":1,"maxLength":2048},"audiences":{"description":"One of these must be in `aud`.","type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000,"minItems":1},"algorithms":{"description":"Accepted signature algorithms; asymmetric only.","default":["RS256","PS256","ES256","EdDSA"],"type":"array","items":{"type":"string","enum":["RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","EdDSA","Ed25519","ML-DSA-44","ML-DSA-65","ML-DSA-87"]},"minItems":1,"uniqueItems":true},"token_types":{"description":"Accepted `typ`, compared without case and without `application/`; `none` accepts its absence.","default":["at+jwt"],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000,"minItems":1},"profile":{"description":"`rfc9068`: access tokens as RFC 9068 has them, which are of the type `at+jwt` and have `sub`, `client_id`, `iat` and `jti`, whatever `token_types` says.","type":"string","enum":["rfc9068"]},"required_claims":{"description":"Claims that must have one of the values given, compared without conversion; of a list claim, and of the words of `scope`, one suffices. A claim is a name, or a path such as `/realm_access/roles`.","type":"object","maxProperties":100,"additionalProperties":{"anyOf":[{"$ref":"#/$defs/claim-value"},{"type":"array","items":{"$ref":"#/$defs/claim-value"},"minItems":1,"maxItems":1000}]}},"jwks_url":{"description":"Where the keys are. Without one they are found by OpenID Connect discovery.","type":"string","minLength":1,"maxLength":2048},"jwks_file":{"description":"A file that holds the key set, read anew as often as a URL would be; relative to this file.","type":"string","minLength":1,"maxLength":4096},"jwks":{"description":"The key set itself: `keys`, a list of public keys in JWK form.","type":"object","additionalProperties":false,"required":["keys"],"properties":{"keys":{"description":"Public keys.","type":"array","minItems":1,"maxItems":1000,"items":{"type":"object"}}}},"introspection":{"description":"How the issuer is asked about opaque tokens (RFC 7662). Of one issuer only.","type":"object","additionalProperties":false,"required":["url","client_id","client_secret_file"],"properties":{"url":{"description":"The introspection endpoint; https, or http on loopback.","type":"string","minLength":1,"maxLength":2048},"client_id":{"description":"As what the gateway asks.","type":"string","minLength":1,"maxLength":1024},"client_secret_file":{"description":"File of one line that holds its secret; relative to this file.","type":"string","minLength":1,"maxLength":4096},"client_authentication":{"description":"Whether the secret goes into the `Authorization` field or into the form.","default":"basic","type":"string","enum":["basic","post"]},"tokens":{"description":"`opaque`: what does not look like a signed JWT is asked about; `all`: every token.","default":"opaque","type":"string","enum":["opaque","all"]},"timeout":{"description":"How long a request waits for the answer. Range: 100ms to 1m.","default":"3s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_age":{"description":"How long an answer holds, and so how late it may be noticed that a token was revoked. Range: 1s to 1h.","default":"1m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"subject_prefix":{"description":"Put before the subject claim to make `subject.id`. With more than one issuer each must say its own, so that two issuers cannot mean one subject by accident.","default":"","type":"string","maxLength":256},"subject_type":{"description":"`subject.type` of those who come with a token of this issuer.","default":"user","type":"string","minLength":1,"maxLength":128},"attributes":{"description":"Attributes of the subject and the claims they are read from, by name or path; `groups` and `roles` become lists of texts. A claim that is called like such an attribute is not one.","type":"object","maxProperties":100,"propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]{0,127}$"},"additionalProperties":{"type":"string","minLength":1,"maxLength":1024}},"subject_claim":{"description":"Claim read as `subject.id`.","default":"sub","type":"string","minLength":1,"maxLength":256},"preset":{"description":"`kubernetes`: service accounts of a cluster. Keys are read from it with its own authorities and this pod's token, `typ` is absent, and `subject.namespace` and `subject.service_account` are told apart.","default":"none","type":"string","enum":["none","kubernetes"]},"require_binding":{"description":"What every token has to be bound to: a DPoP key, a client certificate, or either of them.","default":"none","type":"string","enum":["none","any","dpop","certificate"]},"authorities_file":{"description":"PEM file of the authorities that vouch for where the keys are; relative to this file, read each time.","type":"string","minLength":1,"maxLength":4096},"token_file":{"description":"File with a bearer token for reading the keys at `jwks_url`; relative to this file, read each time.","type":"string","minLength":1,"maxLength":4096}}}},"dpop":{"description":"Proof of possession with DPoP (RFC 9449).","type":"object","additionalProperties":false,"properties":{"algorithms":{"description":"Accepted signature algorithms of proofs; asymmetric only.","default":["ES256","ES384","EdDSA","Ed25519","PS256","RS256"],"type":"array","items":{"type":"string","enum":["RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","EdDSA","Ed25519"]},"minItems":1,"uniqueItems":true},"max_age":{"description":"How old a proof may be; `authentication.clock_skew` comes on top. Range: 5s to 10m.","default":"1m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"require_nonce":{"description":"Every proof has to carry a nonce that was given out here.","default":false,"type":"boolean"},"nonce_lifetime":{"description":"A nonce is good for this long at least, and twice as long at most. Range: 10s to 1h.","default":"1m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"replay_entries":{"description":"Proofs remembered, of all clients and workers together; one key has an eighth of them. Range: 1000 to 10000000.","default":200000,"type":"integer","minimum":1000,"maximum":10000000}}},"client_identity":{"description":"Client certificates as identities of their own.","type":"object","additionalProperties":false,"properties":{"subject_from":{"description":"The kind of subject alternative name that is `subject.id`, of which the certificate has to have exactly one.","default":"none","type":"string","enum":["none","spiffe","uri","dns","email"]},"trust_domains":{"description":"SPIFFE trust domains whose workloads are known here.","default":[],"type":"array","items":{"title":"a SPIFFE trust domain such as prod.example.com","type":"string","pattern":"^[a-z0-9._-]{1,255}$"},"uniqueItems":true,"maxItems":1000},"subject_type":{"description":"`subject.type` of those who come with a certificate.","default":"workload","type":"string","minLength":1,"maxLength":128},"subject_prefix":{"description":"Put before the name to make `subject.id`.","default":"","type":"string","maxLength":256}}},"api_keys":{"description":"Services that come with an API key.","type":"object","additionalProperties":false,"properties":{"file":{"description":"YAML file of services and the digests of their keys; relative to this file, and watched. Environment: SALLYPORT_API_KEYS_FILE.","type":"string","minLength":1,"maxLength":4096},"header":{"title":"the name of a header field, of letters, digits and \"-\"","description":"The header field that keys come in, beside `Authorization`.","default":"X-API-Key","type":"string","pattern":"^[A-Za-z][A-Za-z0-9-]{0,63}$"}}},"issuer_keys":{"description":"How the keys of issuers are fetched and kept.","type":"object","additionalProperties":false,"properties":{"timeout":{"description":"Discovery and key set together; also the longest a request waits for keys. Range: 100ms to 1m.","default":"5s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"refresh_interval":{"description":"Keys are read again this often, give or take a tenth. Range: 10s to 1d.","default":"10m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"cooldown":{"description":"Shortest time between two reads because of a token with an unknown key. Range: 1s to 1h.","default":"30s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"stale_use":{"description":"How long known keys are used while their issuer cannot be reached. Range: 0s to 7d.","default":"1d","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"min_backoff":{"description":"First wait after a failed read; doubles up to `max_backoff`. Range: 100ms to 1h.","default":"1s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_backoff":{"description":"Longest wait after failed reads. Range: 100ms to 1h.","default":"1m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_response_size":{"description":"Size of a discovery document or key set. Range: 1KiB to 16MiB.","default":"1MiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"max_keys":{"description":"A key set with more keys is refused as a whole. Range: 1 to 1000.","default":100,"type":"integer","minimum":1,"maximum":1000}}},"authentication":{"description":"How tokens are verified and verified ones kept.","type":"object","additionalProperties":false,"properties":{"clock_skew":{"description":"By how much the clocks of issuers may differ from ours. Range: 0s to 5m.","default":"30s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_token_size":{"description":"A larger token is refused before it is parsed. Range: 512B to 64KiB.","default":"12KiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"token_cache_entries":{"description":"Verified tokens kept in memory. Range: 1 to 1000000.","default":10000,"type":"integer","minimum":1,"maximum":1000000},"token_cache_max_age":{"description":"A verified token is verified again after this long, whatever its expiry. Range: 1s to 1h.","default":"5m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_failures_per_address":{"description":"Tokens, API keys and DPoP proofs a second that may turn out to be bad, of one client address (IPv6: of one /64), five seconds' worth at once; more are refused unread with 429. Known good tokens are never held up. Range: 1 to 100000.","default":20,"type":"integer","minimum":1,"maximum":100000},"max_failures":{"description":"The same of all addresses together, in each process; past it those are refused that have sent bad ones. Range: 1 to 1000000.","default":500,"type":"integer","minimum":1,"maximum":1000000}}},"identity_token":{"description":"The short-lived JWT that tells an application who is calling.","type":"object","additionalProperties":false,"properties":{"issuer":{"description":"`iss` of the tokens.","default":"sallyport","type":"string","minLength":1,"maxLength":4096},"lifetime":{"description":"From `iat` to `exp`. Range: 30s to 1h.","default":"5m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"key_file":{"description":"PEM file of one EC P-256 key or several, of which the first signs; relative to this file, and watched. Without one, keys are made here and gone at exit. Environment: SALLYPORT_IDENTITY_TOKEN_KEY_FILE.","type":"string","minLength":1,"maxLength":4096},"rotation_interval":{"description":"A key that was made here is replaced after this time. Range: 10m to 365d.","default":"24h","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"publish_lead":{"description":"A new key is published for this long before it signs. Range: 1m to 1d.","default":"5m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"check":{"description":"The decision API.","type":"object","additionalProperties":false,"properties":{"host":{"description":"Address to listen on. Environment: SALLYPORT_CHECK_HOST.","default":"127.0.0.1","type":"string","minLength":1,"maxLength":4096},"port":{"description":"Port to listen on; 0 takes any free one. Range: 0 to 65535. Environment: SALLYPORT_CHECK_PORT.","default":8181,"type":"integer","minimum":0,"maximum":65535},"public_url":{"description":"What the metadata document calls this decision point, such as `https://pdp.example.com`. Without one it is derived from host and port. Environment: SALLYPORT_CHECK_PUBLIC_URL.","type":"string","minLength":1,"maxLength":4096},"keys":{"description":"Services that may ask, each known by a key.","default":[],"type":"array","maxItems":1000,"items":{"type":"object","additionalProperties":false,"required":["id","sha256"],"properties":{"id":{"description":"Names the service in records and logs.","title":"a name of letters, digits, \".\", \"_\" and \"-\"","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"},"sha256":{"description":"SHA-256 of the key, hexadecimal; the key itself is never in the configuration. Make one with: openssl rand -hex 32 | tee key | tr -d \"\\n\" | sha256sum","title":"a SHA-256 in 64 hexadecimal digits","type":"string","pattern":"^[0-9a-fA-F]{64}$"}}}},"keys_file":{"description":"More keys, from a file of lines `ID SHA256`; relative to this file. Environment: SALLYPORT_CHECK_KEYS_FILE.","type":"string","minLength":1,"maxLength":4096},"token_subjects":{"description":"Subjects (`subject.id`) whose verified bearer token may ask.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000},"allow_unauthenticated":{"description":"Answer everybody who can reach the port; only on loopback.","default":false,"type":"boolean"},"max_body_size":{"description":"Request body; more is refused with 413. Range: 1KiB to 64MiB.","default":"1MiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"max_json_depth":{"description":"Nesting of a request body. Range: 4 to 256.","default":32,"type":"integer","minimum":4,"maximum":256},"max_evaluations":{"description":"Evaluations in one request. Range: 1 to 100000.","default":1000,"type":"integer","minimum":1,"maximum":100000},"complete_entities":{"description":"Among several evaluations, an entity that lacks `type`, `id` or `name` takes it from the default; `false`: such an evaluation is a deny.","default":true,"type":"boolean"}}},"operations":{"description":"Health and metrics. Not authenticated: keep it off public addresses.","type":"object","additionalProperties":false,"properties":{"host":{"description":"Address to listen on. Environment: SALLYPORT_OPERATIONS_HOST.","default":"127.0.0.1","type":"string","minLength":1,"maxLength":4096},"port":{"description":"Port to listen on; 0 takes any free one. Range: 0 to 65535. Environment: SALLYPORT_OPERATIONS_PORT.","default":8282,"type":"integer","minimum":0,"maximum":65535}}},"records":{"description":"Decision records: one JSON object a line.","type":"object","additionalProperties":false,"properties":{"sink":{"description":"Where records go. Environment: SALLYPORT_RECORDS_SINK.","default":"stdout","type":"string","enum":["stdout","file","none"]},"file":{"description":"With `sink: file`, the file appended to; relative to this file. Reopened on SIGHUP, so that log rotation works. Environment: SALLYPORT_RECORDS_FILE.","type":"string","minLength":1,"maxLength":4096},"queue_capacity":{"description":"Records waiting to be written; past it records are lost, counted and announced. Range: 1024 to 1048576.","default":65536,"type":"integer","minimum":1024,"maximum":1048576},"flush_interval":{"description":"How long a record waits for others to be written with. Range: 1ms to 10s.","default":"50ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"policies":{"description":"Where policies are read from and how quickly a change is noticed.","type":"object","additionalProperties":false,"properties":{"dir":{"description":"Folder of policies; relative to this file. Environment: SALLYPORT_POLICIES_DIR.","default":"./policies","type":"string","minLength":1,"maxLength":4096},"settle":{"description":"A change is read once the folder has been still for this long. Range: 10ms to 10s.","default":"50ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"poll_interval":{"description":"Safety net behind file-system events, which some file systems do not deliver. Range: 100ms to 1h.","default":"500ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"limits":{"description":"How many requests the gateway takes of whom. Without an option there is no such limit.","type":"object","additionalProperties":false,"properties":{"address":{"description":"Of one client address, before anything else is known of the request.","title":"a rate such as 100/m or \"100/m burst 20\"","type":"string","pattern":"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"},"subject":{"description":"Of one subject, whatever address it comes from.","title":"a rate such as 100/m or \"100/m burst 20\"","type":"string","pattern":"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"},"client":{"description":"Of one OAuth client (`client_id`, else `azp`, of the token) of one issuer.","title":"a rate such as 100/m or \"100/m burst 20\"","type":"string","pattern":"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"},"caller":{"description":"Questions that one caller asks the decision API: its key, or the subject of its token.","title":"a rate such as 100/m or \"100/m burst 20\"","type":"string","pattern":"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"},"ipv4_prefix":{"description":"Leading bits of an IPv4 address that are counted as one. Range: 8 to 32.","default":32,"type":"integer","minimum":8,"maximum":32},"ipv6_prefix":{"description":"Leading bits of an IPv6 address that are counted as one; a host is commonly given 64. Range: 16 to 128.","default":64,"type":"integer","minimum":16,"maximum":128},"max_buckets":{"description":"Buckets kept in memory; past it the one used longest ago is forgotten. Range: 1000 to 10000000.","default":50000,"type":"integer","minimum":1000,"maximum":10000000},"sync_interval":{"description":"How often what was taken is counted together with what other processes took. Range: 10ms to 10s.","default":"100ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"redis":{"description":"The shared cache of several sidecars. Without `nodes` and `socket` there is none, and everything is kept in memory.","type":"object","additionalProperties":false,"properties":{"mode":{"description":"What the nodes are: the server, Sentinels that know where it is, or some nodes of a Cluster.","default":"single","type":"string","enum":["single","sentinel","cluster"]},"nodes":{"description":"Addresses such as redis.internal:6379.","default":[],"type":"array","items":{"type":"string","minLength":3,"maxLength":260},"uniqueItems":true,"maxItems":100},"socket":{"description":"Path of a Unix socket in place of nodes, with `mode: single`; relative to this file.","type":"string","minLength":1,"maxLength":100},"sentinel_name":{"description":"The name under which the Sentinels know the server.","default":"mymaster","type":"string","minLength":1,"maxLength":256},"sentinel_username":{"description":"The user at the Sentinels.","type":"string","minLength":1,"maxLength":256},"sentinel_password_file":{"description":"File with the password at the Sentinels; relative to this file.","type":"string","minLength":1,"maxLength":4096},"username":{"description":"The user (ACL); without one, the default user. Environment: SALLYPORT_REDIS_USERNAME.","type":"string","minLength":1,"maxLength":256},"password_file":{"description":"File with the password; relative to this file. Environment: SALLYPORT_REDIS_PASSWORD_FILE.","type":"string","minLength":1,"maxLength":4096},"database":{"description":"Number of the database; a Cluster has only the first. Range: 0 to 1023.","default":0,"type":"integer","minimum":0,"maximum":1023},"tls":{"description":"Whether connections are encrypted and the server is verified.","default":false,"type":"boolean"},"authorities":{"description":"PEM file of the authorities that are believed, in place of those Node.js knows; relative to this file.","type":"string","minLength":1,"maxLength":4096},"certificate":{"description":"PEM file of the certificate that is shown (mutual TLS); relative to this file.","type":"string","minLength":1,"maxLength":4096},"key":{"description":"PEM file of its private key, not encrypted; relative to this file.","type":"string","minLength":1,"maxLength":4096},"server_name":{"description":"Name that is asked for and verified in place of the host.","type":"string","minLength":1,"maxLength":253},"seal_keys_file":{"description":"File of the keys that values are sealed with; required with Redis; relative to this file. Environment: SALLYPORT_REDIS_SEAL_KEYS_FILE.","type":"string","minLength":1,"maxLength":4096},"namespace":{"description":"The beginning of every key, so that several installations can share one server.","default":"sallyport","title":"letters, digits, \"-\", \"_\" and \".\"","type":"string","pattern":"^[A-Za-z0-9_.-]{1,64}$"},"timeout":{"description":"What a request waits for one command at most; past it, it goes on without Redis. Range: 1ms to 1s.","default":"10ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"connect_timeout":{"description":"To open a connection, which no request waits for. Range: 100ms to 1m.","default":"1s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_in_flight":{"description":"Commands that have no answer yet; past it, requests go on without Redis. Range: 1 to 100000.","default":1000,"type":"integer","minimum":1,"maximum":100000},"max_value_size":{"description":"A longer value is neither written nor read. Range: 1KiB to 16MiB.","default":"64KiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"lease_wait":{"description":"What a request waits at most for another process that is finding out the same; past it, it finds out itself. Range: 0s to 10s.","default":"500ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"local_max_age":{"description":"How long a shared value is used from memory without looking whether Redis still has it. Range: 100ms to 1h.","default":"10s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"local_entries":{"description":"Shared values kept in memory, of each kind. Range: 1 to 1000000.","default":10000,"type":"integer","minimum":1,"maximum":1000000}}},"log":{"description":"The log, on stderr.","type":"object","additionalProperties":false,"properties":{"level":{"description":"Least severity that is written. Environment: SALLYPORT_LOG_LEVEL.","default":"info","type":"string","enum":["debug","info","warn","error","silent"]}}}},"$defs":{"claim-value":{"title":"a text, a number, true or false","type":["string","number","boolean"]}}};
const schema32 = {"title":"a text, a number, true or false","type":["string","number","boolean"]};
const func1 = Object.prototype.hasOwnProperty;
const func3 = ucs2length;
const pattern4 = new RegExp("^0[0-7]{3}$", "u");
const pattern5 = new RegExp("^\\d{1,9}(ms|s|m|h|d)$", "u");
const pattern6 = new RegExp("^\\d{1,12}(B|KiB|MiB|GiB)$", "u");
const pattern7 = new RegExp("^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$", "u");
const pattern15 = new RegExp("^auto$", "u");
const pattern26 = new RegExp("^[A-Za-z_][A-Za-z0-9_]{0,127}$", "u");
const pattern29 = new RegExp("^[a-z0-9._-]{1,255}$", "u");
const pattern30 = new RegExp("^[A-Za-z][A-Za-z0-9-]{0,63}$", "u");
const pattern44 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$", "u");
const pattern45 = new RegExp("^[0-9a-fA-F]{64}$", "u");
const pattern50 = new RegExp("^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$", "u");
const pattern55 = new RegExp("^[A-Za-z0-9_.-]{1,64}$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.gateway !== undefined){
let data0 = data.gateway;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(func1.call(schema31.properties.gateway.properties, key1))){
const err1 = {instancePath:instancePath+"/gateway",schemaPath:"#/properties/gateway/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.gateway,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data0.host !== undefined){
let data1 = data0.host;
if(typeof data1 === "string"){
if(func3(data1) > 4096){
const err2 = {instancePath:instancePath+"/gateway/host",schemaPath:"#/properties/gateway/properties/host/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.gateway.properties.host,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(func3(data1) < 1){
const err3 = {instancePath:instancePath+"/gateway/host",schemaPath:"#/properties/gateway/properties/host/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.host,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/gateway/host",schemaPath:"#/properties/gateway/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.host.type,parentSchema:schema31.properties.gateway.properties.host,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.port !== undefined){
let data2 = data0.port;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err5 = {instancePath:instancePath+"/gateway/port",schemaPath:"#/properties/gateway/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.port.type,parentSchema:schema31.properties.gateway.properties.port,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 65535 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/gateway/port",schemaPath:"#/properties/gateway/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema31.properties.gateway.properties.port,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/gateway/port",schemaPath:"#/properties/gateway/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.gateway.properties.port,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data0.socket !== undefined){
let data3 = data0.socket;
if(typeof data3 === "string"){
if(func3(data3) > 100){
const err8 = {instancePath:instancePath+"/gateway/socket",schemaPath:"#/properties/gateway/properties/socket/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters",schema:100,parentSchema:schema31.properties.gateway.properties.socket,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(func3(data3) < 1){
const err9 = {instancePath:instancePath+"/gateway/socket",schemaPath:"#/properties/gateway/properties/socket/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.socket,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/gateway/socket",schemaPath:"#/properties/gateway/properties/socket/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.socket.type,parentSchema:schema31.properties.gateway.properties.socket,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data0.socket_mode !== undefined){
let data4 = data0.socket_mode;
if(typeof data4 === "string"){
if(!pattern4.test(data4)){
const err11 = {instancePath:instancePath+"/gateway/socket_mode",schemaPath:"#/properties/gateway/properties/socket_mode/pattern",keyword:"pattern",params:{pattern: "^0[0-7]{3}$"},message:"must match pattern \""+"^0[0-7]{3}$"+"\"",schema:"^0[0-7]{3}$",parentSchema:schema31.properties.gateway.properties.socket_mode,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/gateway/socket_mode",schemaPath:"#/properties/gateway/properties/socket_mode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.socket_mode.type,parentSchema:schema31.properties.gateway.properties.socket_mode,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data0.proxy_protocol !== undefined){
let data5 = data0.proxy_protocol;
if(Array.isArray(data5)){
if(data5.length > 1000){
const err13 = {instancePath:instancePath+"/gateway/proxy_protocol",schemaPath:"#/properties/gateway/properties/proxy_protocol/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.gateway.properties.proxy_protocol,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(func3(data6) > 1024){
const err14 = {instancePath:instancePath+"/gateway/proxy_protocol/" + i0,schemaPath:"#/properties/gateway/properties/proxy_protocol/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.gateway.properties.proxy_protocol.items,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(func3(data6) < 1){
const err15 = {instancePath:instancePath+"/gateway/proxy_protocol/" + i0,schemaPath:"#/properties/gateway/properties/proxy_protocol/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.proxy_protocol.items,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/gateway/proxy_protocol/" + i0,schemaPath:"#/properties/gateway/properties/proxy_protocol/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.proxy_protocol.items.type,parentSchema:schema31.properties.gateway.properties.proxy_protocol.items,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
let i1 = data5.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data5[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err17 = {instancePath:instancePath+"/gateway/proxy_protocol",schemaPath:"#/properties/gateway/properties/proxy_protocol/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema31.properties.gateway.properties.proxy_protocol,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err18 = {instancePath:instancePath+"/gateway/proxy_protocol",schemaPath:"#/properties/gateway/properties/proxy_protocol/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.gateway.properties.proxy_protocol.type,parentSchema:schema31.properties.gateway.properties.proxy_protocol,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data0.tls !== undefined){
let data7 = data0.tls;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.certificates === undefined){
const err19 = {instancePath:instancePath+"/gateway/tls",schemaPath:"#/properties/gateway/properties/tls/required",keyword:"required",params:{missingProperty: "certificates"},message:"must have required property '"+"certificates"+"'",schema:schema31.properties.gateway.properties.tls.required,parentSchema:schema31.properties.gateway.properties.tls,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
for(const key2 in data7){
if(!((((((((key2 === "certificates") || (key2 === "min_version")) || (key2 === "unknown_names")) || (key2 === "client_certificates")) || (key2 === "handshake_timeout")) || (key2 === "max_handshakes")) || (key2 === "max_client_handshakes")) || (key2 === "client_handshake_rate"))){
const err20 = {instancePath:instancePath+"/gateway/tls",schemaPath:"#/properties/gateway/properties/tls/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.gateway.properties.tls,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data7.certificates !== undefined){
let data8 = data7.certificates;
if(Array.isArray(data8)){
if(data8.length > 1000){
const err21 = {instancePath:instancePath+"/gateway/tls/certificates",schemaPath:"#/properties/gateway/properties/tls/properties/certificates/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data8.length < 1){
const err22 = {instancePath:instancePath+"/gateway/tls/certificates",schemaPath:"#/properties/gateway/properties/tls/properties/certificates/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
const len1 = data8.length;
for(let i2=0; i2<len1; i2++){
let data9 = data8[i2];
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.certificate === undefined){
const err23 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2,schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/required",keyword:"required",params:{missingProperty: "certificate"},message:"must have required property '"+"certificate"+"'",schema:schema31.properties.gateway.properties.tls.properties.certificates.items.required,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data9.key === undefined){
const err24 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2,schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'",schema:schema31.properties.gateway.properties.tls.properties.certificates.items.required,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
for(const key3 in data9){
if(!((key3 === "certificate") || (key3 === "key"))){
const err25 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2,schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data9.certificate !== undefined){
let data10 = data9.certificate;
if(typeof data10 === "string"){
if(func3(data10) > 4096){
const err26 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2+"/certificate",schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/properties/certificate/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items.properties.certificate,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(func3(data10) < 1){
const err27 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2+"/certificate",schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/properties/certificate/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items.properties.certificate,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2+"/certificate",schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/properties/certificate/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.tls.properties.certificates.items.properties.certificate.type,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items.properties.certificate,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data9.key !== undefined){
let data11 = data9.key;
if(typeof data11 === "string"){
if(func3(data11) > 4096){
const err29 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2+"/key",schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/properties/key/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items.properties.key,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(func3(data11) < 1){
const err30 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2+"/key",schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/properties/key/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items.properties.key,data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2+"/key",schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.tls.properties.certificates.items.properties.key.type,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items.properties.key,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/gateway/tls/certificates/" + i2,schemaPath:"#/properties/gateway/properties/tls/properties/certificates/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.gateway.properties.tls.properties.certificates.items.type,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates.items,data:data9};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/gateway/tls/certificates",schemaPath:"#/properties/gateway/properties/tls/properties/certificates/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.gateway.properties.tls.properties.certificates.type,parentSchema:schema31.properties.gateway.properties.tls.properties.certificates,data:data8};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data7.min_version !== undefined){
let data12 = data7.min_version;
if((typeof data12 !== "string") && (!((typeof data12 == "number") && (isFinite(data12))))){
const err34 = {instancePath:instancePath+"/gateway/tls/min_version",schemaPath:"#/properties/gateway/properties/tls/properties/min_version/type",keyword:"type",params:{type: schema31.properties.gateway.properties.tls.properties.min_version.type},message:"must be string,number",schema:schema31.properties.gateway.properties.tls.properties.min_version.type,parentSchema:schema31.properties.gateway.properties.tls.properties.min_version,data:data12};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(!((((data12 === "1.2") || (data12 === "1.3")) || (data12 === 1.2)) || (data12 === 1.3))){
const err35 = {instancePath:instancePath+"/gateway/tls/min_version",schemaPath:"#/properties/gateway/properties/tls/properties/min_version/enum",keyword:"enum",params:{allowedValues: schema31.properties.gateway.properties.tls.properties.min_version.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.gateway.properties.tls.properties.min_version.enum,parentSchema:schema31.properties.gateway.properties.tls.properties.min_version,data:data12};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data7.unknown_names !== undefined){
let data13 = data7.unknown_names;
if(typeof data13 !== "string"){
const err36 = {instancePath:instancePath+"/gateway/tls/unknown_names",schemaPath:"#/properties/gateway/properties/tls/properties/unknown_names/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.tls.properties.unknown_names.type,parentSchema:schema31.properties.gateway.properties.tls.properties.unknown_names,data:data13};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(!((data13 === "first") || (data13 === "refuse"))){
const err37 = {instancePath:instancePath+"/gateway/tls/unknown_names",schemaPath:"#/properties/gateway/properties/tls/properties/unknown_names/enum",keyword:"enum",params:{allowedValues: schema31.properties.gateway.properties.tls.properties.unknown_names.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.gateway.properties.tls.properties.unknown_names.enum,parentSchema:schema31.properties.gateway.properties.tls.properties.unknown_names,data:data13};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data7.client_certificates !== undefined){
let data14 = data7.client_certificates;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.authorities === undefined){
const err38 = {instancePath:instancePath+"/gateway/tls/client_certificates",schemaPath:"#/properties/gateway/properties/tls/properties/client_certificates/required",keyword:"required",params:{missingProperty: "authorities"},message:"must have required property '"+"authorities"+"'",schema:schema31.properties.gateway.properties.tls.properties.client_certificates.required,parentSchema:schema31.properties.gateway.properties.tls.properties.client_certificates,data:data14};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
for(const key4 in data14){
if(!((key4 === "authorities") || (key4 === "mode"))){
const err39 = {instancePath:instancePath+"/gateway/tls/client_certificates",schemaPath:"#/properties/gateway/properties/tls/properties/client_certificates/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.gateway.properties.tls.properties.client_certificates,data:data14};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data14.authorities !== undefined){
let data15 = data14.authorities;
if(typeof data15 === "string"){
if(func3(data15) > 4096){
const err40 = {instancePath:instancePath+"/gateway/tls/client_certificates/authorities",schemaPath:"#/properties/gateway/properties/tls/properties/client_certificates/properties/authorities/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.gateway.properties.tls.properties.client_certificates.properties.authorities,data:data15};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(func3(data15) < 1){
const err41 = {instancePath:instancePath+"/gateway/tls/client_certificates/authorities",schemaPath:"#/properties/gateway/properties/tls/properties/client_certificates/properties/authorities/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.tls.properties.client_certificates.properties.authorities,data:data15};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/gateway/tls/client_certificates/authorities",schemaPath:"#/properties/gateway/properties/tls/properties/client_certificates/properties/authorities/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.tls.properties.client_certificates.properties.authorities.type,parentSchema:schema31.properties.gateway.properties.tls.properties.client_certificates.properties.authorities,data:data15};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data14.mode !== undefined){
let data16 = data14.mode;
if(typeof data16 !== "string"){
const err43 = {instancePath:instancePath+"/gateway/tls/client_certificates/mode",schemaPath:"#/properties/gateway/properties/tls/properties/client_certificates/properties/mode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.tls.properties.client_certificates.properties.mode.type,parentSchema:schema31.properties.gateway.properties.tls.properties.client_certificates.properties.mode,data:data16};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(!((data16 === "required") || (data16 === "optional"))){
const err44 = {instancePath:instancePath+"/gateway/tls/client_certificates/mode",schemaPath:"#/properties/gateway/properties/tls/properties/client_certificates/properties/mode/enum",keyword:"enum",params:{allowedValues: schema31.properties.gateway.properties.tls.properties.client_certificates.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.gateway.properties.tls.properties.client_certificates.properties.mode.enum,parentSchema:schema31.properties.gateway.properties.tls.properties.client_certificates.properties.mode,data:data16};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/gateway/tls/client_certificates",schemaPath:"#/properties/gateway/properties/tls/properties/client_certificates/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.gateway.properties.tls.properties.client_certificates.type,parentSchema:schema31.properties.gateway.properties.tls.properties.client_certificates,data:data14};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data7.handshake_timeout !== undefined){
let data17 = data7.handshake_timeout;
if(typeof data17 === "string"){
if(!pattern5.test(data17)){
const err46 = {instancePath:instancePath+"/gateway/tls/handshake_timeout",schemaPath:"#/properties/gateway/properties/tls/properties/handshake_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.tls.properties.handshake_timeout,data:data17};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/gateway/tls/handshake_timeout",schemaPath:"#/properties/gateway/properties/tls/properties/handshake_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.tls.properties.handshake_timeout.type,parentSchema:schema31.properties.gateway.properties.tls.properties.handshake_timeout,data:data17};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data7.max_handshakes !== undefined){
let data18 = data7.max_handshakes;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err48 = {instancePath:instancePath+"/gateway/tls/max_handshakes",schemaPath:"#/properties/gateway/properties/tls/properties/max_handshakes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.tls.properties.max_handshakes.type,parentSchema:schema31.properties.gateway.properties.tls.properties.max_handshakes,data:data18};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 100000 || isNaN(data18)){
const err49 = {instancePath:instancePath+"/gateway/tls/max_handshakes",schemaPath:"#/properties/gateway/properties/tls/properties/max_handshakes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema31.properties.gateway.properties.tls.properties.max_handshakes,data:data18};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(data18 < 1 || isNaN(data18)){
const err50 = {instancePath:instancePath+"/gateway/tls/max_handshakes",schemaPath:"#/properties/gateway/properties/tls/properties/max_handshakes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.gateway.properties.tls.properties.max_handshakes,data:data18};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
if(data7.max_client_handshakes !== undefined){
let data19 = data7.max_client_handshakes;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
const err51 = {instancePath:instancePath+"/gateway/tls/max_client_handshakes",schemaPath:"#/properties/gateway/properties/tls/properties/max_client_handshakes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.tls.properties.max_client_handshakes.type,parentSchema:schema31.properties.gateway.properties.tls.properties.max_client_handshakes,data:data19};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 100000 || isNaN(data19)){
const err52 = {instancePath:instancePath+"/gateway/tls/max_client_handshakes",schemaPath:"#/properties/gateway/properties/tls/properties/max_client_handshakes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema31.properties.gateway.properties.tls.properties.max_client_handshakes,data:data19};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data19 < 0 || isNaN(data19)){
const err53 = {instancePath:instancePath+"/gateway/tls/max_client_handshakes",schemaPath:"#/properties/gateway/properties/tls/properties/max_client_handshakes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.gateway.properties.tls.properties.max_client_handshakes,data:data19};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
if(data7.client_handshake_rate !== undefined){
let data20 = data7.client_handshake_rate;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
const err54 = {instancePath:instancePath+"/gateway/tls/client_handshake_rate",schemaPath:"#/properties/gateway/properties/tls/properties/client_handshake_rate/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.tls.properties.client_handshake_rate.type,parentSchema:schema31.properties.gateway.properties.tls.properties.client_handshake_rate,data:data20};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 > 100000 || isNaN(data20)){
const err55 = {instancePath:instancePath+"/gateway/tls/client_handshake_rate",schemaPath:"#/properties/gateway/properties/tls/properties/client_handshake_rate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema31.properties.gateway.properties.tls.properties.client_handshake_rate,data:data20};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(data20 < 0 || isNaN(data20)){
const err56 = {instancePath:instancePath+"/gateway/tls/client_handshake_rate",schemaPath:"#/properties/gateway/properties/tls/properties/client_handshake_rate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.gateway.properties.tls.properties.client_handshake_rate,data:data20};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
}
else {
const err57 = {instancePath:instancePath+"/gateway/tls",schemaPath:"#/properties/gateway/properties/tls/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.gateway.properties.tls.type,parentSchema:schema31.properties.gateway.properties.tls,data:data7};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data0.trusted_proxies !== undefined){
let data21 = data0.trusted_proxies;
if(Array.isArray(data21)){
if(data21.length > 1000){
const err58 = {instancePath:instancePath+"/gateway/trusted_proxies",schemaPath:"#/properties/gateway/properties/trusted_proxies/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.gateway.properties.trusted_proxies,data:data21};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
const len2 = data21.length;
for(let i3=0; i3<len2; i3++){
let data22 = data21[i3];
if(typeof data22 === "string"){
if(func3(data22) > 1024){
const err59 = {instancePath:instancePath+"/gateway/trusted_proxies/" + i3,schemaPath:"#/properties/gateway/properties/trusted_proxies/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.gateway.properties.trusted_proxies.items,data:data22};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if(func3(data22) < 1){
const err60 = {instancePath:instancePath+"/gateway/trusted_proxies/" + i3,schemaPath:"#/properties/gateway/properties/trusted_proxies/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.trusted_proxies.items,data:data22};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
else {
const err61 = {instancePath:instancePath+"/gateway/trusted_proxies/" + i3,schemaPath:"#/properties/gateway/properties/trusted_proxies/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.trusted_proxies.items.type,parentSchema:schema31.properties.gateway.properties.trusted_proxies.items,data:data22};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
let i4 = data21.length;
let j1;
if(i4 > 1){
const indices1 = {};
for(;i4--;){
let item1 = data21[i4];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err62 = {instancePath:instancePath+"/gateway/trusted_proxies",schemaPath:"#/properties/gateway/properties/trusted_proxies/uniqueItems",keyword:"uniqueItems",params:{i: i4, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i4+" are identical)",schema:true,parentSchema:schema31.properties.gateway.properties.trusted_proxies,data:data21};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
break;
}
indices1[item1] = i4;
}
}
}
else {
const err63 = {instancePath:instancePath+"/gateway/trusted_proxies",schemaPath:"#/properties/gateway/properties/trusted_proxies/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.gateway.properties.trusted_proxies.type,parentSchema:schema31.properties.gateway.properties.trusted_proxies,data:data21};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data0.max_header_size !== undefined){
let data23 = data0.max_header_size;
if(typeof data23 === "string"){
if(!pattern6.test(data23)){
const err64 = {instancePath:instancePath+"/gateway/max_header_size",schemaPath:"#/properties/gateway/properties/max_header_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.gateway.properties.max_header_size,data:data23};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
else {
const err65 = {instancePath:instancePath+"/gateway/max_header_size",schemaPath:"#/properties/gateway/properties/max_header_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.max_header_size.type,parentSchema:schema31.properties.gateway.properties.max_header_size,data:data23};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data0.max_header_count !== undefined){
let data24 = data0.max_header_count;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err66 = {instancePath:instancePath+"/gateway/max_header_count",schemaPath:"#/properties/gateway/properties/max_header_count/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.max_header_count.type,parentSchema:schema31.properties.gateway.properties.max_header_count,data:data24};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 > 2000 || isNaN(data24)){
const err67 = {instancePath:instancePath+"/gateway/max_header_count",schemaPath:"#/properties/gateway/properties/max_header_count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2000},message:"must be <= 2000",schema:2000,parentSchema:schema31.properties.gateway.properties.max_header_count,data:data24};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(data24 < 16 || isNaN(data24)){
const err68 = {instancePath:instancePath+"/gateway/max_header_count",schemaPath:"#/properties/gateway/properties/max_header_count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 16},message:"must be >= 16",schema:16,parentSchema:schema31.properties.gateway.properties.max_header_count,data:data24};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
if(data0.max_body_size !== undefined){
let data25 = data0.max_body_size;
if(typeof data25 === "string"){
if(!pattern7.test(data25)){
const err69 = {instancePath:instancePath+"/gateway/max_body_size",schemaPath:"#/properties/gateway/properties/max_body_size/pattern",keyword:"pattern",params:{pattern: "^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$"},message:"must match pattern \""+"^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$"+"\"",schema:"^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$",parentSchema:schema31.properties.gateway.properties.max_body_size,data:data25};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/gateway/max_body_size",schemaPath:"#/properties/gateway/properties/max_body_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.max_body_size.type,parentSchema:schema31.properties.gateway.properties.max_body_size,data:data25};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data0.headers_timeout !== undefined){
let data26 = data0.headers_timeout;
if(typeof data26 === "string"){
if(!pattern5.test(data26)){
const err71 = {instancePath:instancePath+"/gateway/headers_timeout",schemaPath:"#/properties/gateway/properties/headers_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.headers_timeout,data:data26};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
else {
const err72 = {instancePath:instancePath+"/gateway/headers_timeout",schemaPath:"#/properties/gateway/properties/headers_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.headers_timeout.type,parentSchema:schema31.properties.gateway.properties.headers_timeout,data:data26};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data0.body_idle_timeout !== undefined){
let data27 = data0.body_idle_timeout;
if(typeof data27 === "string"){
if(!pattern5.test(data27)){
const err73 = {instancePath:instancePath+"/gateway/body_idle_timeout",schemaPath:"#/properties/gateway/properties/body_idle_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.body_idle_timeout,data:data27};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
else {
const err74 = {instancePath:instancePath+"/gateway/body_idle_timeout",schemaPath:"#/properties/gateway/properties/body_idle_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.body_idle_timeout.type,parentSchema:schema31.properties.gateway.properties.body_idle_timeout,data:data27};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data0.keep_alive_timeout !== undefined){
let data28 = data0.keep_alive_timeout;
if(typeof data28 === "string"){
if(!pattern5.test(data28)){
const err75 = {instancePath:instancePath+"/gateway/keep_alive_timeout",schemaPath:"#/properties/gateway/properties/keep_alive_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.keep_alive_timeout,data:data28};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
else {
const err76 = {instancePath:instancePath+"/gateway/keep_alive_timeout",schemaPath:"#/properties/gateway/properties/keep_alive_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.keep_alive_timeout.type,parentSchema:schema31.properties.gateway.properties.keep_alive_timeout,data:data28};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data0.max_connections !== undefined){
let data29 = data0.max_connections;
if(!(((typeof data29 == "number") && (!(data29 % 1) && !isNaN(data29))) && (isFinite(data29)))){
const err77 = {instancePath:instancePath+"/gateway/max_connections",schemaPath:"#/properties/gateway/properties/max_connections/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.max_connections.type,parentSchema:schema31.properties.gateway.properties.max_connections,data:data29};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if((typeof data29 == "number") && (isFinite(data29))){
if(data29 > 1000000 || isNaN(data29)){
const err78 = {instancePath:instancePath+"/gateway/max_connections",schemaPath:"#/properties/gateway/properties/max_connections/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema31.properties.gateway.properties.max_connections,data:data29};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
if(data29 < 1 || isNaN(data29)){
const err79 = {instancePath:instancePath+"/gateway/max_connections",schemaPath:"#/properties/gateway/properties/max_connections/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.gateway.properties.max_connections,data:data29};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
if(data0.max_client_connections !== undefined){
let data30 = data0.max_client_connections;
if(!(((typeof data30 == "number") && (!(data30 % 1) && !isNaN(data30))) && (isFinite(data30)))){
const err80 = {instancePath:instancePath+"/gateway/max_client_connections",schemaPath:"#/properties/gateway/properties/max_client_connections/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.max_client_connections.type,parentSchema:schema31.properties.gateway.properties.max_client_connections,data:data30};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if((typeof data30 == "number") && (isFinite(data30))){
if(data30 > 1000000 || isNaN(data30)){
const err81 = {instancePath:instancePath+"/gateway/max_client_connections",schemaPath:"#/properties/gateway/properties/max_client_connections/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema31.properties.gateway.properties.max_client_connections,data:data30};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(data30 < 0 || isNaN(data30)){
const err82 = {instancePath:instancePath+"/gateway/max_client_connections",schemaPath:"#/properties/gateway/properties/max_client_connections/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.gateway.properties.max_client_connections,data:data30};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
if(data0.min_body_rate !== undefined){
let data31 = data0.min_body_rate;
if(typeof data31 === "string"){
if(!pattern6.test(data31)){
const err83 = {instancePath:instancePath+"/gateway/min_body_rate",schemaPath:"#/properties/gateway/properties/min_body_rate/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.gateway.properties.min_body_rate,data:data31};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/gateway/min_body_rate",schemaPath:"#/properties/gateway/properties/min_body_rate/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.min_body_rate.type,parentSchema:schema31.properties.gateway.properties.min_body_rate,data:data31};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data0.overload_delay !== undefined){
let data32 = data0.overload_delay;
if(typeof data32 === "string"){
if(!pattern5.test(data32)){
const err85 = {instancePath:instancePath+"/gateway/overload_delay",schemaPath:"#/properties/gateway/properties/overload_delay/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.overload_delay,data:data32};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
else {
const err86 = {instancePath:instancePath+"/gateway/overload_delay",schemaPath:"#/properties/gateway/properties/overload_delay/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.overload_delay.type,parentSchema:schema31.properties.gateway.properties.overload_delay,data:data32};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data0.max_upgrades !== undefined){
let data33 = data0.max_upgrades;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
const err87 = {instancePath:instancePath+"/gateway/max_upgrades",schemaPath:"#/properties/gateway/properties/max_upgrades/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.max_upgrades.type,parentSchema:schema31.properties.gateway.properties.max_upgrades,data:data33};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 > 1000000 || isNaN(data33)){
const err88 = {instancePath:instancePath+"/gateway/max_upgrades",schemaPath:"#/properties/gateway/properties/max_upgrades/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema31.properties.gateway.properties.max_upgrades,data:data33};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
if(data33 < 0 || isNaN(data33)){
const err89 = {instancePath:instancePath+"/gateway/max_upgrades",schemaPath:"#/properties/gateway/properties/max_upgrades/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.gateway.properties.max_upgrades,data:data33};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
}
if(data0.upgrade_idle_timeout !== undefined){
let data34 = data0.upgrade_idle_timeout;
if(typeof data34 === "string"){
if(!pattern5.test(data34)){
const err90 = {instancePath:instancePath+"/gateway/upgrade_idle_timeout",schemaPath:"#/properties/gateway/properties/upgrade_idle_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.upgrade_idle_timeout,data:data34};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
else {
const err91 = {instancePath:instancePath+"/gateway/upgrade_idle_timeout",schemaPath:"#/properties/gateway/properties/upgrade_idle_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.upgrade_idle_timeout.type,parentSchema:schema31.properties.gateway.properties.upgrade_idle_timeout,data:data34};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data0.upgrade_origins !== undefined){
let data35 = data0.upgrade_origins;
if(Array.isArray(data35)){
if(data35.length > 1000){
const err92 = {instancePath:instancePath+"/gateway/upgrade_origins",schemaPath:"#/properties/gateway/properties/upgrade_origins/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.gateway.properties.upgrade_origins,data:data35};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
const len3 = data35.length;
for(let i5=0; i5<len3; i5++){
let data36 = data35[i5];
if(typeof data36 === "string"){
if(func3(data36) > 1024){
const err93 = {instancePath:instancePath+"/gateway/upgrade_origins/" + i5,schemaPath:"#/properties/gateway/properties/upgrade_origins/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.gateway.properties.upgrade_origins.items,data:data36};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
if(func3(data36) < 1){
const err94 = {instancePath:instancePath+"/gateway/upgrade_origins/" + i5,schemaPath:"#/properties/gateway/properties/upgrade_origins/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.upgrade_origins.items,data:data36};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
else {
const err95 = {instancePath:instancePath+"/gateway/upgrade_origins/" + i5,schemaPath:"#/properties/gateway/properties/upgrade_origins/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.upgrade_origins.items.type,parentSchema:schema31.properties.gateway.properties.upgrade_origins.items,data:data36};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
let i6 = data35.length;
let j2;
if(i6 > 1){
const indices2 = {};
for(;i6--;){
let item2 = data35[i6];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err96 = {instancePath:instancePath+"/gateway/upgrade_origins",schemaPath:"#/properties/gateway/properties/upgrade_origins/uniqueItems",keyword:"uniqueItems",params:{i: i6, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i6+" are identical)",schema:true,parentSchema:schema31.properties.gateway.properties.upgrade_origins,data:data35};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
break;
}
indices2[item2] = i6;
}
}
}
else {
const err97 = {instancePath:instancePath+"/gateway/upgrade_origins",schemaPath:"#/properties/gateway/properties/upgrade_origins/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.gateway.properties.upgrade_origins.type,parentSchema:schema31.properties.gateway.properties.upgrade_origins,data:data35};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data0.recheck_interval !== undefined){
let data37 = data0.recheck_interval;
if(typeof data37 === "string"){
if(!pattern5.test(data37)){
const err98 = {instancePath:instancePath+"/gateway/recheck_interval",schemaPath:"#/properties/gateway/properties/recheck_interval/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.recheck_interval,data:data37};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
else {
const err99 = {instancePath:instancePath+"/gateway/recheck_interval",schemaPath:"#/properties/gateway/properties/recheck_interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.recheck_interval.type,parentSchema:schema31.properties.gateway.properties.recheck_interval,data:data37};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
if(data0.workers !== undefined){
let data38 = data0.workers;
if((!(((typeof data38 == "number") && (!(data38 % 1) && !isNaN(data38))) && (isFinite(data38)))) && (typeof data38 !== "string")){
const err100 = {instancePath:instancePath+"/gateway/workers",schemaPath:"#/properties/gateway/properties/workers/type",keyword:"type",params:{type: schema31.properties.gateway.properties.workers.type},message:"must be integer,string",schema:schema31.properties.gateway.properties.workers.type,parentSchema:schema31.properties.gateway.properties.workers,data:data38};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
if(typeof data38 === "string"){
if(!pattern15.test(data38)){
const err101 = {instancePath:instancePath+"/gateway/workers",schemaPath:"#/properties/gateway/properties/workers/pattern",keyword:"pattern",params:{pattern: "^auto$"},message:"must match pattern \""+"^auto$"+"\"",schema:"^auto$",parentSchema:schema31.properties.gateway.properties.workers,data:data38};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
}
if(data0.reuse_port !== undefined){
let data39 = data0.reuse_port;
if(typeof data39 !== "boolean"){
const err102 = {instancePath:instancePath+"/gateway/reuse_port",schemaPath:"#/properties/gateway/properties/reuse_port/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.gateway.properties.reuse_port.type,parentSchema:schema31.properties.gateway.properties.reuse_port,data:data39};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data0.drain_idle_timeout !== undefined){
let data40 = data0.drain_idle_timeout;
if(typeof data40 === "string"){
if(!pattern5.test(data40)){
const err103 = {instancePath:instancePath+"/gateway/drain_idle_timeout",schemaPath:"#/properties/gateway/properties/drain_idle_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.drain_idle_timeout,data:data40};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
else {
const err104 = {instancePath:instancePath+"/gateway/drain_idle_timeout",schemaPath:"#/properties/gateway/properties/drain_idle_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.drain_idle_timeout.type,parentSchema:schema31.properties.gateway.properties.drain_idle_timeout,data:data40};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data0.drain_timeout !== undefined){
let data41 = data0.drain_timeout;
if(typeof data41 === "string"){
if(!pattern5.test(data41)){
const err105 = {instancePath:instancePath+"/gateway/drain_timeout",schemaPath:"#/properties/gateway/properties/drain_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.drain_timeout,data:data41};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
else {
const err106 = {instancePath:instancePath+"/gateway/drain_timeout",schemaPath:"#/properties/gateway/properties/drain_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.drain_timeout.type,parentSchema:schema31.properties.gateway.properties.drain_timeout,data:data41};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
}
else {
const err107 = {instancePath:instancePath+"/gateway",schemaPath:"#/properties/gateway/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.gateway.type,parentSchema:schema31.properties.gateway,data:data0};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
if(data.upstreams !== undefined){
let data42 = data.upstreams;
if(data42 && typeof data42 == "object" && !Array.isArray(data42)){
for(const key5 in data42){
if(!(func1.call(schema31.properties.upstreams.properties, key5))){
const err108 = {instancePath:instancePath+"/upstreams",schemaPath:"#/properties/upstreams/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.upstreams,data:data42};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data42.connect_timeout !== undefined){
let data43 = data42.connect_timeout;
if(typeof data43 === "string"){
if(!pattern5.test(data43)){
const err109 = {instancePath:instancePath+"/upstreams/connect_timeout",schemaPath:"#/properties/upstreams/properties/connect_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.upstreams.properties.connect_timeout,data:data43};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
else {
const err110 = {instancePath:instancePath+"/upstreams/connect_timeout",schemaPath:"#/properties/upstreams/properties/connect_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.connect_timeout.type,parentSchema:schema31.properties.upstreams.properties.connect_timeout,data:data43};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data42.headers_timeout !== undefined){
let data44 = data42.headers_timeout;
if(typeof data44 === "string"){
if(!pattern5.test(data44)){
const err111 = {instancePath:instancePath+"/upstreams/headers_timeout",schemaPath:"#/properties/upstreams/properties/headers_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.upstreams.properties.headers_timeout,data:data44};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
else {
const err112 = {instancePath:instancePath+"/upstreams/headers_timeout",schemaPath:"#/properties/upstreams/properties/headers_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.headers_timeout.type,parentSchema:schema31.properties.upstreams.properties.headers_timeout,data:data44};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data42.body_idle_timeout !== undefined){
let data45 = data42.body_idle_timeout;
if(typeof data45 === "string"){
if(!pattern5.test(data45)){
const err113 = {instancePath:instancePath+"/upstreams/body_idle_timeout",schemaPath:"#/properties/upstreams/properties/body_idle_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.upstreams.properties.body_idle_timeout,data:data45};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
else {
const err114 = {instancePath:instancePath+"/upstreams/body_idle_timeout",schemaPath:"#/properties/upstreams/properties/body_idle_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.body_idle_timeout.type,parentSchema:schema31.properties.upstreams.properties.body_idle_timeout,data:data45};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
if(data42.max_connections !== undefined){
let data46 = data42.max_connections;
if(!(((typeof data46 == "number") && (!(data46 % 1) && !isNaN(data46))) && (isFinite(data46)))){
const err115 = {instancePath:instancePath+"/upstreams/max_connections",schemaPath:"#/properties/upstreams/properties/max_connections/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.upstreams.properties.max_connections.type,parentSchema:schema31.properties.upstreams.properties.max_connections,data:data46};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
if((typeof data46 == "number") && (isFinite(data46))){
if(data46 > 65536 || isNaN(data46)){
const err116 = {instancePath:instancePath+"/upstreams/max_connections",schemaPath:"#/properties/upstreams/properties/max_connections/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65536},message:"must be <= 65536",schema:65536,parentSchema:schema31.properties.upstreams.properties.max_connections,data:data46};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
if(data46 < 1 || isNaN(data46)){
const err117 = {instancePath:instancePath+"/upstreams/max_connections",schemaPath:"#/properties/upstreams/properties/max_connections/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.upstreams.properties.max_connections,data:data46};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
}
if(data42.keep_alive_timeout !== undefined){
let data47 = data42.keep_alive_timeout;
if(typeof data47 === "string"){
if(!pattern5.test(data47)){
const err118 = {instancePath:instancePath+"/upstreams/keep_alive_timeout",schemaPath:"#/properties/upstreams/properties/keep_alive_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.upstreams.properties.keep_alive_timeout,data:data47};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
else {
const err119 = {instancePath:instancePath+"/upstreams/keep_alive_timeout",schemaPath:"#/properties/upstreams/properties/keep_alive_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.keep_alive_timeout.type,parentSchema:schema31.properties.upstreams.properties.keep_alive_timeout,data:data47};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data42.max_header_size !== undefined){
let data48 = data42.max_header_size;
if(typeof data48 === "string"){
if(!pattern6.test(data48)){
const err120 = {instancePath:instancePath+"/upstreams/max_header_size",schemaPath:"#/properties/upstreams/properties/max_header_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.upstreams.properties.max_header_size,data:data48};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
else {
const err121 = {instancePath:instancePath+"/upstreams/max_header_size",schemaPath:"#/properties/upstreams/properties/max_header_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.max_header_size.type,parentSchema:schema31.properties.upstreams.properties.max_header_size,data:data48};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data42.allowed_addresses !== undefined){
let data49 = data42.allowed_addresses;
if(Array.isArray(data49)){
if(data49.length > 1000){
const err122 = {instancePath:instancePath+"/upstreams/allowed_addresses",schemaPath:"#/properties/upstreams/properties/allowed_addresses/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.upstreams.properties.allowed_addresses,data:data49};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
const len4 = data49.length;
for(let i7=0; i7<len4; i7++){
let data50 = data49[i7];
if(typeof data50 === "string"){
if(func3(data50) > 1024){
const err123 = {instancePath:instancePath+"/upstreams/allowed_addresses/" + i7,schemaPath:"#/properties/upstreams/properties/allowed_addresses/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.upstreams.properties.allowed_addresses.items,data:data50};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
if(func3(data50) < 1){
const err124 = {instancePath:instancePath+"/upstreams/allowed_addresses/" + i7,schemaPath:"#/properties/upstreams/properties/allowed_addresses/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.allowed_addresses.items,data:data50};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
else {
const err125 = {instancePath:instancePath+"/upstreams/allowed_addresses/" + i7,schemaPath:"#/properties/upstreams/properties/allowed_addresses/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.allowed_addresses.items.type,parentSchema:schema31.properties.upstreams.properties.allowed_addresses.items,data:data50};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
let i8 = data49.length;
let j3;
if(i8 > 1){
const indices3 = {};
for(;i8--;){
let item3 = data49[i8];
if(typeof item3 !== "string"){
continue;
}
if(typeof indices3[item3] == "number"){
j3 = indices3[item3];
const err126 = {instancePath:instancePath+"/upstreams/allowed_addresses",schemaPath:"#/properties/upstreams/properties/allowed_addresses/uniqueItems",keyword:"uniqueItems",params:{i: i8, j: j3},message:"must NOT have duplicate items (items ## "+j3+" and "+i8+" are identical)",schema:true,parentSchema:schema31.properties.upstreams.properties.allowed_addresses,data:data49};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
break;
}
indices3[item3] = i8;
}
}
}
else {
const err127 = {instancePath:instancePath+"/upstreams/allowed_addresses",schemaPath:"#/properties/upstreams/properties/allowed_addresses/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.upstreams.properties.allowed_addresses.type,parentSchema:schema31.properties.upstreams.properties.allowed_addresses,data:data49};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
if(data42.denied_addresses !== undefined){
let data51 = data42.denied_addresses;
if(Array.isArray(data51)){
if(data51.length > 1000){
const err128 = {instancePath:instancePath+"/upstreams/denied_addresses",schemaPath:"#/properties/upstreams/properties/denied_addresses/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.upstreams.properties.denied_addresses,data:data51};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
const len5 = data51.length;
for(let i9=0; i9<len5; i9++){
let data52 = data51[i9];
if(typeof data52 === "string"){
if(func3(data52) > 1024){
const err129 = {instancePath:instancePath+"/upstreams/denied_addresses/" + i9,schemaPath:"#/properties/upstreams/properties/denied_addresses/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.upstreams.properties.denied_addresses.items,data:data52};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
if(func3(data52) < 1){
const err130 = {instancePath:instancePath+"/upstreams/denied_addresses/" + i9,schemaPath:"#/properties/upstreams/properties/denied_addresses/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.denied_addresses.items,data:data52};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
else {
const err131 = {instancePath:instancePath+"/upstreams/denied_addresses/" + i9,schemaPath:"#/properties/upstreams/properties/denied_addresses/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.denied_addresses.items.type,parentSchema:schema31.properties.upstreams.properties.denied_addresses.items,data:data52};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
let i10 = data51.length;
let j4;
if(i10 > 1){
const indices4 = {};
for(;i10--;){
let item4 = data51[i10];
if(typeof item4 !== "string"){
continue;
}
if(typeof indices4[item4] == "number"){
j4 = indices4[item4];
const err132 = {instancePath:instancePath+"/upstreams/denied_addresses",schemaPath:"#/properties/upstreams/properties/denied_addresses/uniqueItems",keyword:"uniqueItems",params:{i: i10, j: j4},message:"must NOT have duplicate items (items ## "+j4+" and "+i10+" are identical)",schema:true,parentSchema:schema31.properties.upstreams.properties.denied_addresses,data:data51};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
break;
}
indices4[item4] = i10;
}
}
}
else {
const err133 = {instancePath:instancePath+"/upstreams/denied_addresses",schemaPath:"#/properties/upstreams/properties/denied_addresses/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.upstreams.properties.denied_addresses.type,parentSchema:schema31.properties.upstreams.properties.denied_addresses,data:data51};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
if(data42.identity_headers !== undefined){
let data53 = data42.identity_headers;
if(typeof data53 !== "boolean"){
const err134 = {instancePath:instancePath+"/upstreams/identity_headers",schemaPath:"#/properties/upstreams/properties/identity_headers/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.upstreams.properties.identity_headers.type,parentSchema:schema31.properties.upstreams.properties.identity_headers,data:data53};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
if(data42.token_exchange !== undefined){
let data54 = data42.token_exchange;
if(Array.isArray(data54)){
if(data54.length > 256){
const err135 = {instancePath:instancePath+"/upstreams/token_exchange",schemaPath:"#/properties/upstreams/properties/token_exchange/maxItems",keyword:"maxItems",params:{limit: 256},message:"must NOT have more than 256 items",schema:256,parentSchema:schema31.properties.upstreams.properties.token_exchange,data:data54};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
const len6 = data54.length;
for(let i11=0; i11<len6; i11++){
let data55 = data54[i11];
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
if(data55.upstream === undefined){
const err136 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11,schemaPath:"#/properties/upstreams/properties/token_exchange/items/required",keyword:"required",params:{missingProperty: "upstream"},message:"must have required property '"+"upstream"+"'",schema:schema31.properties.upstreams.properties.token_exchange.items.required,parentSchema:schema31.properties.upstreams.properties.token_exchange.items,data:data55};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
if(data55.token_endpoint === undefined){
const err137 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11,schemaPath:"#/properties/upstreams/properties/token_exchange/items/required",keyword:"required",params:{missingProperty: "token_endpoint"},message:"must have required property '"+"token_endpoint"+"'",schema:schema31.properties.upstreams.properties.token_exchange.items.required,parentSchema:schema31.properties.upstreams.properties.token_exchange.items,data:data55};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
if(data55.client_id === undefined){
const err138 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11,schemaPath:"#/properties/upstreams/properties/token_exchange/items/required",keyword:"required",params:{missingProperty: "client_id"},message:"must have required property '"+"client_id"+"'",schema:schema31.properties.upstreams.properties.token_exchange.items.required,parentSchema:schema31.properties.upstreams.properties.token_exchange.items,data:data55};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
if(data55.client_secret_file === undefined){
const err139 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11,schemaPath:"#/properties/upstreams/properties/token_exchange/items/required",keyword:"required",params:{missingProperty: "client_secret_file"},message:"must have required property '"+"client_secret_file"+"'",schema:schema31.properties.upstreams.properties.token_exchange.items.required,parentSchema:schema31.properties.upstreams.properties.token_exchange.items,data:data55};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
for(const key6 in data55){
if(!((((((((key6 === "upstream") || (key6 === "token_endpoint")) || (key6 === "client_id")) || (key6 === "client_secret_file")) || (key6 === "audience")) || (key6 === "resource")) || (key6 === "scope")) || (key6 === "timeout"))){
const err140 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11,schemaPath:"#/properties/upstreams/properties/token_exchange/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.upstreams.properties.token_exchange.items,data:data55};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
if(data55.upstream !== undefined){
let data56 = data55.upstream;
if(typeof data56 === "string"){
if(func3(data56) > 2048){
const err141 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/upstream",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/upstream/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.upstream,data:data56};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
if(func3(data56) < 1){
const err142 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/upstream",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/upstream/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.upstream,data:data56};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
else {
const err143 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/upstream",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/upstream/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.token_exchange.items.properties.upstream.type,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.upstream,data:data56};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
if(data55.token_endpoint !== undefined){
let data57 = data55.token_endpoint;
if(typeof data57 === "string"){
if(func3(data57) > 2048){
const err144 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/token_endpoint",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/token_endpoint/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.token_endpoint,data:data57};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
if(func3(data57) < 1){
const err145 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/token_endpoint",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/token_endpoint/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.token_endpoint,data:data57};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
else {
const err146 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/token_endpoint",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/token_endpoint/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.token_exchange.items.properties.token_endpoint.type,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.token_endpoint,data:data57};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
if(data55.client_id !== undefined){
let data58 = data55.client_id;
if(typeof data58 === "string"){
if(func3(data58) > 1024){
const err147 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/client_id",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/client_id/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.client_id,data:data58};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
if(func3(data58) < 1){
const err148 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/client_id",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/client_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.client_id,data:data58};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
else {
const err149 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/client_id",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/client_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.token_exchange.items.properties.client_id.type,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.client_id,data:data58};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
if(data55.client_secret_file !== undefined){
let data59 = data55.client_secret_file;
if(typeof data59 === "string"){
if(func3(data59) > 4096){
const err150 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/client_secret_file",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/client_secret_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.client_secret_file,data:data59};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
if(func3(data59) < 1){
const err151 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/client_secret_file",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/client_secret_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.client_secret_file,data:data59};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
else {
const err152 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/client_secret_file",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/client_secret_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.token_exchange.items.properties.client_secret_file.type,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.client_secret_file,data:data59};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
if(data55.audience !== undefined){
let data60 = data55.audience;
if(typeof data60 === "string"){
if(func3(data60) > 2048){
const err153 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/audience",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/audience/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.audience,data:data60};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
if(func3(data60) < 1){
const err154 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/audience",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/audience/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.audience,data:data60};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
else {
const err155 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/audience",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/audience/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.token_exchange.items.properties.audience.type,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.audience,data:data60};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data55.resource !== undefined){
let data61 = data55.resource;
if(typeof data61 === "string"){
if(func3(data61) > 2048){
const err156 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/resource",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/resource/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.resource,data:data61};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
if(func3(data61) < 1){
const err157 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/resource",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/resource/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.resource,data:data61};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
else {
const err158 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/resource",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/resource/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.token_exchange.items.properties.resource.type,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.resource,data:data61};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
if(data55.scope !== undefined){
let data62 = data55.scope;
if(typeof data62 === "string"){
if(func3(data62) > 2048){
const err159 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/scope",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/scope/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.scope,data:data62};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
if(func3(data62) < 1){
const err160 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/scope",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/scope/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.scope,data:data62};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
else {
const err161 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/scope",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/scope/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.token_exchange.items.properties.scope.type,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.scope,data:data62};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
if(data55.timeout !== undefined){
let data63 = data55.timeout;
if(typeof data63 === "string"){
if(!pattern5.test(data63)){
const err162 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/timeout",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.timeout,data:data63};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
else {
const err163 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11+"/timeout",schemaPath:"#/properties/upstreams/properties/token_exchange/items/properties/timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.token_exchange.items.properties.timeout.type,parentSchema:schema31.properties.upstreams.properties.token_exchange.items.properties.timeout,data:data63};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
}
}
else {
const err164 = {instancePath:instancePath+"/upstreams/token_exchange/" + i11,schemaPath:"#/properties/upstreams/properties/token_exchange/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.upstreams.properties.token_exchange.items.type,parentSchema:schema31.properties.upstreams.properties.token_exchange.items,data:data55};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
}
else {
const err165 = {instancePath:instancePath+"/upstreams/token_exchange",schemaPath:"#/properties/upstreams/properties/token_exchange/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.upstreams.properties.token_exchange.type,parentSchema:schema31.properties.upstreams.properties.token_exchange,data:data54};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
if(data42.tls !== undefined){
let data64 = data42.tls;
if(Array.isArray(data64)){
if(data64.length > 1000){
const err166 = {instancePath:instancePath+"/upstreams/tls",schemaPath:"#/properties/upstreams/properties/tls/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.upstreams.properties.tls,data:data64};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
const len7 = data64.length;
for(let i12=0; i12<len7; i12++){
let data65 = data64[i12];
if(data65 && typeof data65 == "object" && !Array.isArray(data65)){
for(const key7 in data65){
if(!((((((key7 === "upstream") || (key7 === "authorities")) || (key7 === "server_name")) || (key7 === "certificate")) || (key7 === "key")) || (key7 === "min_version"))){
const err167 = {instancePath:instancePath+"/upstreams/tls/" + i12,schemaPath:"#/properties/upstreams/properties/tls/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.upstreams.properties.tls.items,data:data65};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
}
if(data65.upstream !== undefined){
let data66 = data65.upstream;
if(typeof data66 === "string"){
if(func3(data66) > 2048){
const err168 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/upstream",schemaPath:"#/properties/upstreams/properties/tls/items/properties/upstream/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.upstream,data:data66};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
if(func3(data66) < 1){
const err169 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/upstream",schemaPath:"#/properties/upstreams/properties/tls/items/properties/upstream/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.upstream,data:data66};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
else {
const err170 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/upstream",schemaPath:"#/properties/upstreams/properties/tls/items/properties/upstream/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.tls.items.properties.upstream.type,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.upstream,data:data66};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
}
if(data65.authorities !== undefined){
let data67 = data65.authorities;
if(typeof data67 === "string"){
if(func3(data67) > 4096){
const err171 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/authorities",schemaPath:"#/properties/upstreams/properties/tls/items/properties/authorities/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.authorities,data:data67};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
if(func3(data67) < 1){
const err172 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/authorities",schemaPath:"#/properties/upstreams/properties/tls/items/properties/authorities/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.authorities,data:data67};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
else {
const err173 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/authorities",schemaPath:"#/properties/upstreams/properties/tls/items/properties/authorities/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.tls.items.properties.authorities.type,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.authorities,data:data67};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
if(data65.server_name !== undefined){
let data68 = data65.server_name;
if(typeof data68 === "string"){
if(func3(data68) > 253){
const err174 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/server_name",schemaPath:"#/properties/upstreams/properties/tls/items/properties/server_name/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.server_name,data:data68};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
if(func3(data68) < 1){
const err175 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/server_name",schemaPath:"#/properties/upstreams/properties/tls/items/properties/server_name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.server_name,data:data68};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
}
else {
const err176 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/server_name",schemaPath:"#/properties/upstreams/properties/tls/items/properties/server_name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.tls.items.properties.server_name.type,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.server_name,data:data68};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
if(data65.certificate !== undefined){
let data69 = data65.certificate;
if(typeof data69 === "string"){
if(func3(data69) > 4096){
const err177 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/certificate",schemaPath:"#/properties/upstreams/properties/tls/items/properties/certificate/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.certificate,data:data69};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
if(func3(data69) < 1){
const err178 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/certificate",schemaPath:"#/properties/upstreams/properties/tls/items/properties/certificate/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.certificate,data:data69};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
}
else {
const err179 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/certificate",schemaPath:"#/properties/upstreams/properties/tls/items/properties/certificate/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.tls.items.properties.certificate.type,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.certificate,data:data69};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
}
if(data65.key !== undefined){
let data70 = data65.key;
if(typeof data70 === "string"){
if(func3(data70) > 4096){
const err180 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/key",schemaPath:"#/properties/upstreams/properties/tls/items/properties/key/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.key,data:data70};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
if(func3(data70) < 1){
const err181 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/key",schemaPath:"#/properties/upstreams/properties/tls/items/properties/key/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.key,data:data70};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
}
else {
const err182 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/key",schemaPath:"#/properties/upstreams/properties/tls/items/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.tls.items.properties.key.type,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.key,data:data70};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
}
if(data65.min_version !== undefined){
let data71 = data65.min_version;
if((typeof data71 !== "string") && (!((typeof data71 == "number") && (isFinite(data71))))){
const err183 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/min_version",schemaPath:"#/properties/upstreams/properties/tls/items/properties/min_version/type",keyword:"type",params:{type: schema31.properties.upstreams.properties.tls.items.properties.min_version.type},message:"must be string,number",schema:schema31.properties.upstreams.properties.tls.items.properties.min_version.type,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.min_version,data:data71};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
if(!((((data71 === "1.2") || (data71 === "1.3")) || (data71 === 1.2)) || (data71 === 1.3))){
const err184 = {instancePath:instancePath+"/upstreams/tls/" + i12+"/min_version",schemaPath:"#/properties/upstreams/properties/tls/items/properties/min_version/enum",keyword:"enum",params:{allowedValues: schema31.properties.upstreams.properties.tls.items.properties.min_version.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.upstreams.properties.tls.items.properties.min_version.enum,parentSchema:schema31.properties.upstreams.properties.tls.items.properties.min_version,data:data71};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
}
}
else {
const err185 = {instancePath:instancePath+"/upstreams/tls/" + i12,schemaPath:"#/properties/upstreams/properties/tls/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.upstreams.properties.tls.items.type,parentSchema:schema31.properties.upstreams.properties.tls.items,data:data65};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
}
}
else {
const err186 = {instancePath:instancePath+"/upstreams/tls",schemaPath:"#/properties/upstreams/properties/tls/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.upstreams.properties.tls.type,parentSchema:schema31.properties.upstreams.properties.tls,data:data64};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
}
}
else {
const err187 = {instancePath:instancePath+"/upstreams",schemaPath:"#/properties/upstreams/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.upstreams.type,parentSchema:schema31.properties.upstreams,data:data42};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
}
if(data.issuers !== undefined){
let data72 = data.issuers;
if(Array.isArray(data72)){
if(data72.length > 64){
const err188 = {instancePath:instancePath+"/issuers",schemaPath:"#/properties/issuers/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items",schema:64,parentSchema:schema31.properties.issuers,data:data72};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
const len8 = data72.length;
for(let i13=0; i13<len8; i13++){
let data73 = data72[i13];
if(data73 && typeof data73 == "object" && !Array.isArray(data73)){
if(data73.issuer === undefined){
const err189 = {instancePath:instancePath+"/issuers/" + i13,schemaPath:"#/properties/issuers/items/required",keyword:"required",params:{missingProperty: "issuer"},message:"must have required property '"+"issuer"+"'",schema:schema31.properties.issuers.items.required,parentSchema:schema31.properties.issuers.items,data:data73};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
if(data73.audiences === undefined){
const err190 = {instancePath:instancePath+"/issuers/" + i13,schemaPath:"#/properties/issuers/items/required",keyword:"required",params:{missingProperty: "audiences"},message:"must have required property '"+"audiences"+"'",schema:schema31.properties.issuers.items.required,parentSchema:schema31.properties.issuers.items,data:data73};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
for(const key8 in data73){
if(!(func1.call(schema31.properties.issuers.items.properties, key8))){
const err191 = {instancePath:instancePath+"/issuers/" + i13,schemaPath:"#/properties/issuers/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.issuers.items,data:data73};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
}
if(data73.issuer !== undefined){
let data74 = data73.issuer;
if(typeof data74 === "string"){
if(func3(data74) > 2048){
const err192 = {instancePath:instancePath+"/issuers/" + i13+"/issuer",schemaPath:"#/properties/issuers/items/properties/issuer/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.issuers.items.properties.issuer,data:data74};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
if(func3(data74) < 1){
const err193 = {instancePath:instancePath+"/issuers/" + i13+"/issuer",schemaPath:"#/properties/issuers/items/properties/issuer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.issuer,data:data74};
if(vErrors === null){
vErrors = [err193];
}
else {
vErrors.push(err193);
}
errors++;
}
}
else {
const err194 = {instancePath:instancePath+"/issuers/" + i13+"/issuer",schemaPath:"#/properties/issuers/items/properties/issuer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.issuer.type,parentSchema:schema31.properties.issuers.items.properties.issuer,data:data74};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
}
if(data73.audiences !== undefined){
let data75 = data73.audiences;
if(Array.isArray(data75)){
if(data75.length > 1000){
const err195 = {instancePath:instancePath+"/issuers/" + i13+"/audiences",schemaPath:"#/properties/issuers/items/properties/audiences/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.issuers.items.properties.audiences,data:data75};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
if(data75.length < 1){
const err196 = {instancePath:instancePath+"/issuers/" + i13+"/audiences",schemaPath:"#/properties/issuers/items/properties/audiences/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.issuers.items.properties.audiences,data:data75};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
const len9 = data75.length;
for(let i14=0; i14<len9; i14++){
let data76 = data75[i14];
if(typeof data76 === "string"){
if(func3(data76) > 1024){
const err197 = {instancePath:instancePath+"/issuers/" + i13+"/audiences/" + i14,schemaPath:"#/properties/issuers/items/properties/audiences/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.issuers.items.properties.audiences.items,data:data76};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
if(func3(data76) < 1){
const err198 = {instancePath:instancePath+"/issuers/" + i13+"/audiences/" + i14,schemaPath:"#/properties/issuers/items/properties/audiences/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.audiences.items,data:data76};
if(vErrors === null){
vErrors = [err198];
}
else {
vErrors.push(err198);
}
errors++;
}
}
else {
const err199 = {instancePath:instancePath+"/issuers/" + i13+"/audiences/" + i14,schemaPath:"#/properties/issuers/items/properties/audiences/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.audiences.items.type,parentSchema:schema31.properties.issuers.items.properties.audiences.items,data:data76};
if(vErrors === null){
vErrors = [err199];
}
else {
vErrors.push(err199);
}
errors++;
}
}
let i15 = data75.length;
let j5;
if(i15 > 1){
const indices5 = {};
for(;i15--;){
let item5 = data75[i15];
if(typeof item5 !== "string"){
continue;
}
if(typeof indices5[item5] == "number"){
j5 = indices5[item5];
const err200 = {instancePath:instancePath+"/issuers/" + i13+"/audiences",schemaPath:"#/properties/issuers/items/properties/audiences/uniqueItems",keyword:"uniqueItems",params:{i: i15, j: j5},message:"must NOT have duplicate items (items ## "+j5+" and "+i15+" are identical)",schema:true,parentSchema:schema31.properties.issuers.items.properties.audiences,data:data75};
if(vErrors === null){
vErrors = [err200];
}
else {
vErrors.push(err200);
}
errors++;
break;
}
indices5[item5] = i15;
}
}
}
else {
const err201 = {instancePath:instancePath+"/issuers/" + i13+"/audiences",schemaPath:"#/properties/issuers/items/properties/audiences/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.items.properties.audiences.type,parentSchema:schema31.properties.issuers.items.properties.audiences,data:data75};
if(vErrors === null){
vErrors = [err201];
}
else {
vErrors.push(err201);
}
errors++;
}
}
if(data73.algorithms !== undefined){
let data77 = data73.algorithms;
if(Array.isArray(data77)){
if(data77.length < 1){
const err202 = {instancePath:instancePath+"/issuers/" + i13+"/algorithms",schemaPath:"#/properties/issuers/items/properties/algorithms/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.issuers.items.properties.algorithms,data:data77};
if(vErrors === null){
vErrors = [err202];
}
else {
vErrors.push(err202);
}
errors++;
}
const len10 = data77.length;
for(let i16=0; i16<len10; i16++){
let data78 = data77[i16];
if(typeof data78 !== "string"){
const err203 = {instancePath:instancePath+"/issuers/" + i13+"/algorithms/" + i16,schemaPath:"#/properties/issuers/items/properties/algorithms/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.algorithms.items.type,parentSchema:schema31.properties.issuers.items.properties.algorithms.items,data:data78};
if(vErrors === null){
vErrors = [err203];
}
else {
vErrors.push(err203);
}
errors++;
}
if(!((((((((((((((data78 === "RS256") || (data78 === "RS384")) || (data78 === "RS512")) || (data78 === "PS256")) || (data78 === "PS384")) || (data78 === "PS512")) || (data78 === "ES256")) || (data78 === "ES384")) || (data78 === "ES512")) || (data78 === "EdDSA")) || (data78 === "Ed25519")) || (data78 === "ML-DSA-44")) || (data78 === "ML-DSA-65")) || (data78 === "ML-DSA-87"))){
const err204 = {instancePath:instancePath+"/issuers/" + i13+"/algorithms/" + i16,schemaPath:"#/properties/issuers/items/properties/algorithms/items/enum",keyword:"enum",params:{allowedValues: schema31.properties.issuers.items.properties.algorithms.items.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.issuers.items.properties.algorithms.items.enum,parentSchema:schema31.properties.issuers.items.properties.algorithms.items,data:data78};
if(vErrors === null){
vErrors = [err204];
}
else {
vErrors.push(err204);
}
errors++;
}
}
let i17 = data77.length;
let j6;
if(i17 > 1){
const indices6 = {};
for(;i17--;){
let item6 = data77[i17];
if(typeof item6 !== "string"){
continue;
}
if(typeof indices6[item6] == "number"){
j6 = indices6[item6];
const err205 = {instancePath:instancePath+"/issuers/" + i13+"/algorithms",schemaPath:"#/properties/issuers/items/properties/algorithms/uniqueItems",keyword:"uniqueItems",params:{i: i17, j: j6},message:"must NOT have duplicate items (items ## "+j6+" and "+i17+" are identical)",schema:true,parentSchema:schema31.properties.issuers.items.properties.algorithms,data:data77};
if(vErrors === null){
vErrors = [err205];
}
else {
vErrors.push(err205);
}
errors++;
break;
}
indices6[item6] = i17;
}
}
}
else {
const err206 = {instancePath:instancePath+"/issuers/" + i13+"/algorithms",schemaPath:"#/properties/issuers/items/properties/algorithms/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.items.properties.algorithms.type,parentSchema:schema31.properties.issuers.items.properties.algorithms,data:data77};
if(vErrors === null){
vErrors = [err206];
}
else {
vErrors.push(err206);
}
errors++;
}
}
if(data73.token_types !== undefined){
let data79 = data73.token_types;
if(Array.isArray(data79)){
if(data79.length > 1000){
const err207 = {instancePath:instancePath+"/issuers/" + i13+"/token_types",schemaPath:"#/properties/issuers/items/properties/token_types/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.issuers.items.properties.token_types,data:data79};
if(vErrors === null){
vErrors = [err207];
}
else {
vErrors.push(err207);
}
errors++;
}
if(data79.length < 1){
const err208 = {instancePath:instancePath+"/issuers/" + i13+"/token_types",schemaPath:"#/properties/issuers/items/properties/token_types/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.issuers.items.properties.token_types,data:data79};
if(vErrors === null){
vErrors = [err208];
}
else {
vErrors.push(err208);
}
errors++;
}
const len11 = data79.length;
for(let i18=0; i18<len11; i18++){
let data80 = data79[i18];
if(typeof data80 === "string"){
if(func3(data80) > 1024){
const err209 = {instancePath:instancePath+"/issuers/" + i13+"/token_types/" + i18,schemaPath:"#/properties/issuers/items/properties/token_types/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.issuers.items.properties.token_types.items,data:data80};
if(vErrors === null){
vErrors = [err209];
}
else {
vErrors.push(err209);
}
errors++;
}
if(func3(data80) < 1){
const err210 = {instancePath:instancePath+"/issuers/" + i13+"/token_types/" + i18,schemaPath:"#/properties/issuers/items/properties/token_types/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.token_types.items,data:data80};
if(vErrors === null){
vErrors = [err210];
}
else {
vErrors.push(err210);
}
errors++;
}
}
else {
const err211 = {instancePath:instancePath+"/issuers/" + i13+"/token_types/" + i18,schemaPath:"#/properties/issuers/items/properties/token_types/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.token_types.items.type,parentSchema:schema31.properties.issuers.items.properties.token_types.items,data:data80};
if(vErrors === null){
vErrors = [err211];
}
else {
vErrors.push(err211);
}
errors++;
}
}
let i19 = data79.length;
let j7;
if(i19 > 1){
const indices7 = {};
for(;i19--;){
let item7 = data79[i19];
if(typeof item7 !== "string"){
continue;
}
if(typeof indices7[item7] == "number"){
j7 = indices7[item7];
const err212 = {instancePath:instancePath+"/issuers/" + i13+"/token_types",schemaPath:"#/properties/issuers/items/properties/token_types/uniqueItems",keyword:"uniqueItems",params:{i: i19, j: j7},message:"must NOT have duplicate items (items ## "+j7+" and "+i19+" are identical)",schema:true,parentSchema:schema31.properties.issuers.items.properties.token_types,data:data79};
if(vErrors === null){
vErrors = [err212];
}
else {
vErrors.push(err212);
}
errors++;
break;
}
indices7[item7] = i19;
}
}
}
else {
const err213 = {instancePath:instancePath+"/issuers/" + i13+"/token_types",schemaPath:"#/properties/issuers/items/properties/token_types/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.items.properties.token_types.type,parentSchema:schema31.properties.issuers.items.properties.token_types,data:data79};
if(vErrors === null){
vErrors = [err213];
}
else {
vErrors.push(err213);
}
errors++;
}
}
if(data73.profile !== undefined){
let data81 = data73.profile;
if(typeof data81 !== "string"){
const err214 = {instancePath:instancePath+"/issuers/" + i13+"/profile",schemaPath:"#/properties/issuers/items/properties/profile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.profile.type,parentSchema:schema31.properties.issuers.items.properties.profile,data:data81};
if(vErrors === null){
vErrors = [err214];
}
else {
vErrors.push(err214);
}
errors++;
}
if(!(data81 === "rfc9068")){
const err215 = {instancePath:instancePath+"/issuers/" + i13+"/profile",schemaPath:"#/properties/issuers/items/properties/profile/enum",keyword:"enum",params:{allowedValues: schema31.properties.issuers.items.properties.profile.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.issuers.items.properties.profile.enum,parentSchema:schema31.properties.issuers.items.properties.profile,data:data81};
if(vErrors === null){
vErrors = [err215];
}
else {
vErrors.push(err215);
}
errors++;
}
}
if(data73.required_claims !== undefined){
let data82 = data73.required_claims;
if(data82 && typeof data82 == "object" && !Array.isArray(data82)){
if(Object.keys(data82).length > 100){
const err216 = {instancePath:instancePath+"/issuers/" + i13+"/required_claims",schemaPath:"#/properties/issuers/items/properties/required_claims/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema31.properties.issuers.items.properties.required_claims,data:data82};
if(vErrors === null){
vErrors = [err216];
}
else {
vErrors.push(err216);
}
errors++;
}
for(const key9 in data82){
let data83 = data82[key9];
const _errs178 = errors;
let valid42 = false;
const _errs179 = errors;
if(((typeof data83 !== "string") && (!((typeof data83 == "number") && (isFinite(data83))))) && (typeof data83 !== "boolean")){
const err217 = {instancePath:instancePath+"/issuers/" + i13+"/required_claims/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/claim-value/type",keyword:"type",params:{type: schema32.type},message:"must be string,number,boolean",schema:schema32.type,parentSchema:schema32,data:data83};
if(vErrors === null){
vErrors = [err217];
}
else {
vErrors.push(err217);
}
errors++;
}
var _valid0 = _errs179 === errors;
valid42 = valid42 || _valid0;
const _errs182 = errors;
if(Array.isArray(data83)){
if(data83.length > 1000){
const err218 = {instancePath:instancePath+"/issuers/" + i13+"/required_claims/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/issuers/items/properties/required_claims/additionalProperties/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.issuers.items.properties.required_claims.additionalProperties.anyOf[1],data:data83};
if(vErrors === null){
vErrors = [err218];
}
else {
vErrors.push(err218);
}
errors++;
}
if(data83.length < 1){
const err219 = {instancePath:instancePath+"/issuers/" + i13+"/required_claims/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/issuers/items/properties/required_claims/additionalProperties/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.issuers.items.properties.required_claims.additionalProperties.anyOf[1],data:data83};
if(vErrors === null){
vErrors = [err219];
}
else {
vErrors.push(err219);
}
errors++;
}
const len12 = data83.length;
for(let i20=0; i20<len12; i20++){
let data84 = data83[i20];
if(((typeof data84 !== "string") && (!((typeof data84 == "number") && (isFinite(data84))))) && (typeof data84 !== "boolean")){
const err220 = {instancePath:instancePath+"/issuers/" + i13+"/required_claims/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i20,schemaPath:"#/$defs/claim-value/type",keyword:"type",params:{type: schema32.type},message:"must be string,number,boolean",schema:schema32.type,parentSchema:schema32,data:data84};
if(vErrors === null){
vErrors = [err220];
}
else {
vErrors.push(err220);
}
errors++;
}
}
}
else {
const err221 = {instancePath:instancePath+"/issuers/" + i13+"/required_claims/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/issuers/items/properties/required_claims/additionalProperties/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.items.properties.required_claims.additionalProperties.anyOf[1].type,parentSchema:schema31.properties.issuers.items.properties.required_claims.additionalProperties.anyOf[1],data:data83};
if(vErrors === null){
vErrors = [err221];
}
else {
vErrors.push(err221);
}
errors++;
}
var _valid0 = _errs182 === errors;
valid42 = valid42 || _valid0;
if(!valid42){
const err222 = {instancePath:instancePath+"/issuers/" + i13+"/required_claims/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/issuers/items/properties/required_claims/additionalProperties/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema31.properties.issuers.items.properties.required_claims.additionalProperties.anyOf,parentSchema:schema31.properties.issuers.items.properties.required_claims.additionalProperties,data:data83};
if(vErrors === null){
vErrors = [err222];
}
else {
vErrors.push(err222);
}
errors++;
}
else {
errors = _errs178;
if(vErrors !== null){
if(_errs178){
vErrors.length = _errs178;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err223 = {instancePath:instancePath+"/issuers/" + i13+"/required_claims",schemaPath:"#/properties/issuers/items/properties/required_claims/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.issuers.items.properties.required_claims.type,parentSchema:schema31.properties.issuers.items.properties.required_claims,data:data82};
if(vErrors === null){
vErrors = [err223];
}
else {
vErrors.push(err223);
}
errors++;
}
}
if(data73.jwks_url !== undefined){
let data85 = data73.jwks_url;
if(typeof data85 === "string"){
if(func3(data85) > 2048){
const err224 = {instancePath:instancePath+"/issuers/" + i13+"/jwks_url",schemaPath:"#/properties/issuers/items/properties/jwks_url/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.issuers.items.properties.jwks_url,data:data85};
if(vErrors === null){
vErrors = [err224];
}
else {
vErrors.push(err224);
}
errors++;
}
if(func3(data85) < 1){
const err225 = {instancePath:instancePath+"/issuers/" + i13+"/jwks_url",schemaPath:"#/properties/issuers/items/properties/jwks_url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.jwks_url,data:data85};
if(vErrors === null){
vErrors = [err225];
}
else {
vErrors.push(err225);
}
errors++;
}
}
else {
const err226 = {instancePath:instancePath+"/issuers/" + i13+"/jwks_url",schemaPath:"#/properties/issuers/items/properties/jwks_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.jwks_url.type,parentSchema:schema31.properties.issuers.items.properties.jwks_url,data:data85};
if(vErrors === null){
vErrors = [err226];
}
else {
vErrors.push(err226);
}
errors++;
}
}
if(data73.jwks_file !== undefined){
let data86 = data73.jwks_file;
if(typeof data86 === "string"){
if(func3(data86) > 4096){
const err227 = {instancePath:instancePath+"/issuers/" + i13+"/jwks_file",schemaPath:"#/properties/issuers/items/properties/jwks_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.issuers.items.properties.jwks_file,data:data86};
if(vErrors === null){
vErrors = [err227];
}
else {
vErrors.push(err227);
}
errors++;
}
if(func3(data86) < 1){
const err228 = {instancePath:instancePath+"/issuers/" + i13+"/jwks_file",schemaPath:"#/properties/issuers/items/properties/jwks_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.jwks_file,data:data86};
if(vErrors === null){
vErrors = [err228];
}
else {
vErrors.push(err228);
}
errors++;
}
}
else {
const err229 = {instancePath:instancePath+"/issuers/" + i13+"/jwks_file",schemaPath:"#/properties/issuers/items/properties/jwks_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.jwks_file.type,parentSchema:schema31.properties.issuers.items.properties.jwks_file,data:data86};
if(vErrors === null){
vErrors = [err229];
}
else {
vErrors.push(err229);
}
errors++;
}
}
if(data73.jwks !== undefined){
let data87 = data73.jwks;
if(data87 && typeof data87 == "object" && !Array.isArray(data87)){
if(data87.keys === undefined){
const err230 = {instancePath:instancePath+"/issuers/" + i13+"/jwks",schemaPath:"#/properties/issuers/items/properties/jwks/required",keyword:"required",params:{missingProperty: "keys"},message:"must have required property '"+"keys"+"'",schema:schema31.properties.issuers.items.properties.jwks.required,parentSchema:schema31.properties.issuers.items.properties.jwks,data:data87};
if(vErrors === null){
vErrors = [err230];
}
else {
vErrors.push(err230);
}
errors++;
}
for(const key10 in data87){
if(!(key10 === "keys")){
const err231 = {instancePath:instancePath+"/issuers/" + i13+"/jwks",schemaPath:"#/properties/issuers/items/properties/jwks/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.issuers.items.properties.jwks,data:data87};
if(vErrors === null){
vErrors = [err231];
}
else {
vErrors.push(err231);
}
errors++;
}
}
if(data87.keys !== undefined){
let data88 = data87.keys;
if(Array.isArray(data88)){
if(data88.length > 1000){
const err232 = {instancePath:instancePath+"/issuers/" + i13+"/jwks/keys",schemaPath:"#/properties/issuers/items/properties/jwks/properties/keys/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.issuers.items.properties.jwks.properties.keys,data:data88};
if(vErrors === null){
vErrors = [err232];
}
else {
vErrors.push(err232);
}
errors++;
}
if(data88.length < 1){
const err233 = {instancePath:instancePath+"/issuers/" + i13+"/jwks/keys",schemaPath:"#/properties/issuers/items/properties/jwks/properties/keys/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.issuers.items.properties.jwks.properties.keys,data:data88};
if(vErrors === null){
vErrors = [err233];
}
else {
vErrors.push(err233);
}
errors++;
}
const len13 = data88.length;
for(let i21=0; i21<len13; i21++){
let data89 = data88[i21];
if(!(data89 && typeof data89 == "object" && !Array.isArray(data89))){
const err234 = {instancePath:instancePath+"/issuers/" + i13+"/jwks/keys/" + i21,schemaPath:"#/properties/issuers/items/properties/jwks/properties/keys/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.issuers.items.properties.jwks.properties.keys.items.type,parentSchema:schema31.properties.issuers.items.properties.jwks.properties.keys.items,data:data89};
if(vErrors === null){
vErrors = [err234];
}
else {
vErrors.push(err234);
}
errors++;
}
}
}
else {
const err235 = {instancePath:instancePath+"/issuers/" + i13+"/jwks/keys",schemaPath:"#/properties/issuers/items/properties/jwks/properties/keys/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.items.properties.jwks.properties.keys.type,parentSchema:schema31.properties.issuers.items.properties.jwks.properties.keys,data:data88};
if(vErrors === null){
vErrors = [err235];
}
else {
vErrors.push(err235);
}
errors++;
}
}
}
else {
const err236 = {instancePath:instancePath+"/issuers/" + i13+"/jwks",schemaPath:"#/properties/issuers/items/properties/jwks/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.issuers.items.properties.jwks.type,parentSchema:schema31.properties.issuers.items.properties.jwks,data:data87};
if(vErrors === null){
vErrors = [err236];
}
else {
vErrors.push(err236);
}
errors++;
}
}
if(data73.introspection !== undefined){
let data90 = data73.introspection;
if(data90 && typeof data90 == "object" && !Array.isArray(data90)){
if(data90.url === undefined){
const err237 = {instancePath:instancePath+"/issuers/" + i13+"/introspection",schemaPath:"#/properties/issuers/items/properties/introspection/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema31.properties.issuers.items.properties.introspection.required,parentSchema:schema31.properties.issuers.items.properties.introspection,data:data90};
if(vErrors === null){
vErrors = [err237];
}
else {
vErrors.push(err237);
}
errors++;
}
if(data90.client_id === undefined){
const err238 = {instancePath:instancePath+"/issuers/" + i13+"/introspection",schemaPath:"#/properties/issuers/items/properties/introspection/required",keyword:"required",params:{missingProperty: "client_id"},message:"must have required property '"+"client_id"+"'",schema:schema31.properties.issuers.items.properties.introspection.required,parentSchema:schema31.properties.issuers.items.properties.introspection,data:data90};
if(vErrors === null){
vErrors = [err238];
}
else {
vErrors.push(err238);
}
errors++;
}
if(data90.client_secret_file === undefined){
const err239 = {instancePath:instancePath+"/issuers/" + i13+"/introspection",schemaPath:"#/properties/issuers/items/properties/introspection/required",keyword:"required",params:{missingProperty: "client_secret_file"},message:"must have required property '"+"client_secret_file"+"'",schema:schema31.properties.issuers.items.properties.introspection.required,parentSchema:schema31.properties.issuers.items.properties.introspection,data:data90};
if(vErrors === null){
vErrors = [err239];
}
else {
vErrors.push(err239);
}
errors++;
}
for(const key11 in data90){
if(!(((((((key11 === "url") || (key11 === "client_id")) || (key11 === "client_secret_file")) || (key11 === "client_authentication")) || (key11 === "tokens")) || (key11 === "timeout")) || (key11 === "max_age"))){
const err240 = {instancePath:instancePath+"/issuers/" + i13+"/introspection",schemaPath:"#/properties/issuers/items/properties/introspection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.issuers.items.properties.introspection,data:data90};
if(vErrors === null){
vErrors = [err240];
}
else {
vErrors.push(err240);
}
errors++;
}
}
if(data90.url !== undefined){
let data91 = data90.url;
if(typeof data91 === "string"){
if(func3(data91) > 2048){
const err241 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/url",schemaPath:"#/properties/issuers/items/properties/introspection/properties/url/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.url,data:data91};
if(vErrors === null){
vErrors = [err241];
}
else {
vErrors.push(err241);
}
errors++;
}
if(func3(data91) < 1){
const err242 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/url",schemaPath:"#/properties/issuers/items/properties/introspection/properties/url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.url,data:data91};
if(vErrors === null){
vErrors = [err242];
}
else {
vErrors.push(err242);
}
errors++;
}
}
else {
const err243 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/url",schemaPath:"#/properties/issuers/items/properties/introspection/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.introspection.properties.url.type,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.url,data:data91};
if(vErrors === null){
vErrors = [err243];
}
else {
vErrors.push(err243);
}
errors++;
}
}
if(data90.client_id !== undefined){
let data92 = data90.client_id;
if(typeof data92 === "string"){
if(func3(data92) > 1024){
const err244 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/client_id",schemaPath:"#/properties/issuers/items/properties/introspection/properties/client_id/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.client_id,data:data92};
if(vErrors === null){
vErrors = [err244];
}
else {
vErrors.push(err244);
}
errors++;
}
if(func3(data92) < 1){
const err245 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/client_id",schemaPath:"#/properties/issuers/items/properties/introspection/properties/client_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.client_id,data:data92};
if(vErrors === null){
vErrors = [err245];
}
else {
vErrors.push(err245);
}
errors++;
}
}
else {
const err246 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/client_id",schemaPath:"#/properties/issuers/items/properties/introspection/properties/client_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.introspection.properties.client_id.type,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.client_id,data:data92};
if(vErrors === null){
vErrors = [err246];
}
else {
vErrors.push(err246);
}
errors++;
}
}
if(data90.client_secret_file !== undefined){
let data93 = data90.client_secret_file;
if(typeof data93 === "string"){
if(func3(data93) > 4096){
const err247 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/client_secret_file",schemaPath:"#/properties/issuers/items/properties/introspection/properties/client_secret_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.client_secret_file,data:data93};
if(vErrors === null){
vErrors = [err247];
}
else {
vErrors.push(err247);
}
errors++;
}
if(func3(data93) < 1){
const err248 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/client_secret_file",schemaPath:"#/properties/issuers/items/properties/introspection/properties/client_secret_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.client_secret_file,data:data93};
if(vErrors === null){
vErrors = [err248];
}
else {
vErrors.push(err248);
}
errors++;
}
}
else {
const err249 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/client_secret_file",schemaPath:"#/properties/issuers/items/properties/introspection/properties/client_secret_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.introspection.properties.client_secret_file.type,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.client_secret_file,data:data93};
if(vErrors === null){
vErrors = [err249];
}
else {
vErrors.push(err249);
}
errors++;
}
}
if(data90.client_authentication !== undefined){
let data94 = data90.client_authentication;
if(typeof data94 !== "string"){
const err250 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/client_authentication",schemaPath:"#/properties/issuers/items/properties/introspection/properties/client_authentication/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.introspection.properties.client_authentication.type,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.client_authentication,data:data94};
if(vErrors === null){
vErrors = [err250];
}
else {
vErrors.push(err250);
}
errors++;
}
if(!((data94 === "basic") || (data94 === "post"))){
const err251 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/client_authentication",schemaPath:"#/properties/issuers/items/properties/introspection/properties/client_authentication/enum",keyword:"enum",params:{allowedValues: schema31.properties.issuers.items.properties.introspection.properties.client_authentication.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.issuers.items.properties.introspection.properties.client_authentication.enum,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.client_authentication,data:data94};
if(vErrors === null){
vErrors = [err251];
}
else {
vErrors.push(err251);
}
errors++;
}
}
if(data90.tokens !== undefined){
let data95 = data90.tokens;
if(typeof data95 !== "string"){
const err252 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/tokens",schemaPath:"#/properties/issuers/items/properties/introspection/properties/tokens/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.introspection.properties.tokens.type,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.tokens,data:data95};
if(vErrors === null){
vErrors = [err252];
}
else {
vErrors.push(err252);
}
errors++;
}
if(!((data95 === "opaque") || (data95 === "all"))){
const err253 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/tokens",schemaPath:"#/properties/issuers/items/properties/introspection/properties/tokens/enum",keyword:"enum",params:{allowedValues: schema31.properties.issuers.items.properties.introspection.properties.tokens.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.issuers.items.properties.introspection.properties.tokens.enum,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.tokens,data:data95};
if(vErrors === null){
vErrors = [err253];
}
else {
vErrors.push(err253);
}
errors++;
}
}
if(data90.timeout !== undefined){
let data96 = data90.timeout;
if(typeof data96 === "string"){
if(!pattern5.test(data96)){
const err254 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/timeout",schemaPath:"#/properties/issuers/items/properties/introspection/properties/timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuers.items.properties.introspection.properties.timeout,data:data96};
if(vErrors === null){
vErrors = [err254];
}
else {
vErrors.push(err254);
}
errors++;
}
}
else {
const err255 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/timeout",schemaPath:"#/properties/issuers/items/properties/introspection/properties/timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.introspection.properties.timeout.type,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.timeout,data:data96};
if(vErrors === null){
vErrors = [err255];
}
else {
vErrors.push(err255);
}
errors++;
}
}
if(data90.max_age !== undefined){
let data97 = data90.max_age;
if(typeof data97 === "string"){
if(!pattern5.test(data97)){
const err256 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/max_age",schemaPath:"#/properties/issuers/items/properties/introspection/properties/max_age/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuers.items.properties.introspection.properties.max_age,data:data97};
if(vErrors === null){
vErrors = [err256];
}
else {
vErrors.push(err256);
}
errors++;
}
}
else {
const err257 = {instancePath:instancePath+"/issuers/" + i13+"/introspection/max_age",schemaPath:"#/properties/issuers/items/properties/introspection/properties/max_age/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.introspection.properties.max_age.type,parentSchema:schema31.properties.issuers.items.properties.introspection.properties.max_age,data:data97};
if(vErrors === null){
vErrors = [err257];
}
else {
vErrors.push(err257);
}
errors++;
}
}
}
else {
const err258 = {instancePath:instancePath+"/issuers/" + i13+"/introspection",schemaPath:"#/properties/issuers/items/properties/introspection/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.issuers.items.properties.introspection.type,parentSchema:schema31.properties.issuers.items.properties.introspection,data:data90};
if(vErrors === null){
vErrors = [err258];
}
else {
vErrors.push(err258);
}
errors++;
}
}
if(data73.subject_prefix !== undefined){
let data98 = data73.subject_prefix;
if(typeof data98 === "string"){
if(func3(data98) > 256){
const err259 = {instancePath:instancePath+"/issuers/" + i13+"/subject_prefix",schemaPath:"#/properties/issuers/items/properties/subject_prefix/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema31.properties.issuers.items.properties.subject_prefix,data:data98};
if(vErrors === null){
vErrors = [err259];
}
else {
vErrors.push(err259);
}
errors++;
}
}
else {
const err260 = {instancePath:instancePath+"/issuers/" + i13+"/subject_prefix",schemaPath:"#/properties/issuers/items/properties/subject_prefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.subject_prefix.type,parentSchema:schema31.properties.issuers.items.properties.subject_prefix,data:data98};
if(vErrors === null){
vErrors = [err260];
}
else {
vErrors.push(err260);
}
errors++;
}
}
if(data73.subject_type !== undefined){
let data99 = data73.subject_type;
if(typeof data99 === "string"){
if(func3(data99) > 128){
const err261 = {instancePath:instancePath+"/issuers/" + i13+"/subject_type",schemaPath:"#/properties/issuers/items/properties/subject_type/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",schema:128,parentSchema:schema31.properties.issuers.items.properties.subject_type,data:data99};
if(vErrors === null){
vErrors = [err261];
}
else {
vErrors.push(err261);
}
errors++;
}
if(func3(data99) < 1){
const err262 = {instancePath:instancePath+"/issuers/" + i13+"/subject_type",schemaPath:"#/properties/issuers/items/properties/subject_type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.subject_type,data:data99};
if(vErrors === null){
vErrors = [err262];
}
else {
vErrors.push(err262);
}
errors++;
}
}
else {
const err263 = {instancePath:instancePath+"/issuers/" + i13+"/subject_type",schemaPath:"#/properties/issuers/items/properties/subject_type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.subject_type.type,parentSchema:schema31.properties.issuers.items.properties.subject_type,data:data99};
if(vErrors === null){
vErrors = [err263];
}
else {
vErrors.push(err263);
}
errors++;
}
}
if(data73.attributes !== undefined){
let data100 = data73.attributes;
if(data100 && typeof data100 == "object" && !Array.isArray(data100)){
if(Object.keys(data100).length > 100){
const err264 = {instancePath:instancePath+"/issuers/" + i13+"/attributes",schemaPath:"#/properties/issuers/items/properties/attributes/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema31.properties.issuers.items.properties.attributes,data:data100};
if(vErrors === null){
vErrors = [err264];
}
else {
vErrors.push(err264);
}
errors++;
}
for(const key12 in data100){
const _errs221 = errors;
if(typeof key12 === "string"){
if(!pattern26.test(key12)){
const err265 = {instancePath:instancePath+"/issuers/" + i13+"/attributes",schemaPath:"#/properties/issuers/items/properties/attributes/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]{0,127}$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]{0,127}$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]{0,127}$",parentSchema:schema31.properties.issuers.items.properties.attributes.propertyNames,data:key12,propertyName:key12};
if(vErrors === null){
vErrors = [err265];
}
else {
vErrors.push(err265);
}
errors++;
}
}
var valid51 = _errs221 === errors;
if(!valid51){
const err266 = {instancePath:instancePath+"/issuers/" + i13+"/attributes",schemaPath:"#/properties/issuers/items/properties/attributes/propertyNames",keyword:"propertyNames",params:{propertyName: key12},message:"property name must be valid",schema:schema31.properties.issuers.items.properties.attributes.propertyNames,parentSchema:schema31.properties.issuers.items.properties.attributes,data:data100};
if(vErrors === null){
vErrors = [err266];
}
else {
vErrors.push(err266);
}
errors++;
}
}
for(const key13 in data100){
let data101 = data100[key13];
if(typeof data101 === "string"){
if(func3(data101) > 1024){
const err267 = {instancePath:instancePath+"/issuers/" + i13+"/attributes/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/issuers/items/properties/attributes/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.issuers.items.properties.attributes.additionalProperties,data:data101};
if(vErrors === null){
vErrors = [err267];
}
else {
vErrors.push(err267);
}
errors++;
}
if(func3(data101) < 1){
const err268 = {instancePath:instancePath+"/issuers/" + i13+"/attributes/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/issuers/items/properties/attributes/additionalProperties/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.attributes.additionalProperties,data:data101};
if(vErrors === null){
vErrors = [err268];
}
else {
vErrors.push(err268);
}
errors++;
}
}
else {
const err269 = {instancePath:instancePath+"/issuers/" + i13+"/attributes/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/issuers/items/properties/attributes/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.attributes.additionalProperties.type,parentSchema:schema31.properties.issuers.items.properties.attributes.additionalProperties,data:data101};
if(vErrors === null){
vErrors = [err269];
}
else {
vErrors.push(err269);
}
errors++;
}
}
}
else {
const err270 = {instancePath:instancePath+"/issuers/" + i13+"/attributes",schemaPath:"#/properties/issuers/items/properties/attributes/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.issuers.items.properties.attributes.type,parentSchema:schema31.properties.issuers.items.properties.attributes,data:data100};
if(vErrors === null){
vErrors = [err270];
}
else {
vErrors.push(err270);
}
errors++;
}
}
if(data73.subject_claim !== undefined){
let data102 = data73.subject_claim;
if(typeof data102 === "string"){
if(func3(data102) > 256){
const err271 = {instancePath:instancePath+"/issuers/" + i13+"/subject_claim",schemaPath:"#/properties/issuers/items/properties/subject_claim/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema31.properties.issuers.items.properties.subject_claim,data:data102};
if(vErrors === null){
vErrors = [err271];
}
else {
vErrors.push(err271);
}
errors++;
}
if(func3(data102) < 1){
const err272 = {instancePath:instancePath+"/issuers/" + i13+"/subject_claim",schemaPath:"#/properties/issuers/items/properties/subject_claim/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.subject_claim,data:data102};
if(vErrors === null){
vErrors = [err272];
}
else {
vErrors.push(err272);
}
errors++;
}
}
else {
const err273 = {instancePath:instancePath+"/issuers/" + i13+"/subject_claim",schemaPath:"#/properties/issuers/items/properties/subject_claim/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.subject_claim.type,parentSchema:schema31.properties.issuers.items.properties.subject_claim,data:data102};
if(vErrors === null){
vErrors = [err273];
}
else {
vErrors.push(err273);
}
errors++;
}
}
if(data73.preset !== undefined){
let data103 = data73.preset;
if(typeof data103 !== "string"){
const err274 = {instancePath:instancePath+"/issuers/" + i13+"/preset",schemaPath:"#/properties/issuers/items/properties/preset/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.preset.type,parentSchema:schema31.properties.issuers.items.properties.preset,data:data103};
if(vErrors === null){
vErrors = [err274];
}
else {
vErrors.push(err274);
}
errors++;
}
if(!((data103 === "none") || (data103 === "kubernetes"))){
const err275 = {instancePath:instancePath+"/issuers/" + i13+"/preset",schemaPath:"#/properties/issuers/items/properties/preset/enum",keyword:"enum",params:{allowedValues: schema31.properties.issuers.items.properties.preset.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.issuers.items.properties.preset.enum,parentSchema:schema31.properties.issuers.items.properties.preset,data:data103};
if(vErrors === null){
vErrors = [err275];
}
else {
vErrors.push(err275);
}
errors++;
}
}
if(data73.require_binding !== undefined){
let data104 = data73.require_binding;
if(typeof data104 !== "string"){
const err276 = {instancePath:instancePath+"/issuers/" + i13+"/require_binding",schemaPath:"#/properties/issuers/items/properties/require_binding/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.require_binding.type,parentSchema:schema31.properties.issuers.items.properties.require_binding,data:data104};
if(vErrors === null){
vErrors = [err276];
}
else {
vErrors.push(err276);
}
errors++;
}
if(!((((data104 === "none") || (data104 === "any")) || (data104 === "dpop")) || (data104 === "certificate"))){
const err277 = {instancePath:instancePath+"/issuers/" + i13+"/require_binding",schemaPath:"#/properties/issuers/items/properties/require_binding/enum",keyword:"enum",params:{allowedValues: schema31.properties.issuers.items.properties.require_binding.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.issuers.items.properties.require_binding.enum,parentSchema:schema31.properties.issuers.items.properties.require_binding,data:data104};
if(vErrors === null){
vErrors = [err277];
}
else {
vErrors.push(err277);
}
errors++;
}
}
if(data73.authorities_file !== undefined){
let data105 = data73.authorities_file;
if(typeof data105 === "string"){
if(func3(data105) > 4096){
const err278 = {instancePath:instancePath+"/issuers/" + i13+"/authorities_file",schemaPath:"#/properties/issuers/items/properties/authorities_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.issuers.items.properties.authorities_file,data:data105};
if(vErrors === null){
vErrors = [err278];
}
else {
vErrors.push(err278);
}
errors++;
}
if(func3(data105) < 1){
const err279 = {instancePath:instancePath+"/issuers/" + i13+"/authorities_file",schemaPath:"#/properties/issuers/items/properties/authorities_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.authorities_file,data:data105};
if(vErrors === null){
vErrors = [err279];
}
else {
vErrors.push(err279);
}
errors++;
}
}
else {
const err280 = {instancePath:instancePath+"/issuers/" + i13+"/authorities_file",schemaPath:"#/properties/issuers/items/properties/authorities_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.authorities_file.type,parentSchema:schema31.properties.issuers.items.properties.authorities_file,data:data105};
if(vErrors === null){
vErrors = [err280];
}
else {
vErrors.push(err280);
}
errors++;
}
}
if(data73.token_file !== undefined){
let data106 = data73.token_file;
if(typeof data106 === "string"){
if(func3(data106) > 4096){
const err281 = {instancePath:instancePath+"/issuers/" + i13+"/token_file",schemaPath:"#/properties/issuers/items/properties/token_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.issuers.items.properties.token_file,data:data106};
if(vErrors === null){
vErrors = [err281];
}
else {
vErrors.push(err281);
}
errors++;
}
if(func3(data106) < 1){
const err282 = {instancePath:instancePath+"/issuers/" + i13+"/token_file",schemaPath:"#/properties/issuers/items/properties/token_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.token_file,data:data106};
if(vErrors === null){
vErrors = [err282];
}
else {
vErrors.push(err282);
}
errors++;
}
}
else {
const err283 = {instancePath:instancePath+"/issuers/" + i13+"/token_file",schemaPath:"#/properties/issuers/items/properties/token_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.token_file.type,parentSchema:schema31.properties.issuers.items.properties.token_file,data:data106};
if(vErrors === null){
vErrors = [err283];
}
else {
vErrors.push(err283);
}
errors++;
}
}
}
else {
const err284 = {instancePath:instancePath+"/issuers/" + i13,schemaPath:"#/properties/issuers/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.issuers.items.type,parentSchema:schema31.properties.issuers.items,data:data73};
if(vErrors === null){
vErrors = [err284];
}
else {
vErrors.push(err284);
}
errors++;
}
}
}
else {
const err285 = {instancePath:instancePath+"/issuers",schemaPath:"#/properties/issuers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.type,parentSchema:schema31.properties.issuers,data:data72};
if(vErrors === null){
vErrors = [err285];
}
else {
vErrors.push(err285);
}
errors++;
}
}
if(data.dpop !== undefined){
let data107 = data.dpop;
if(data107 && typeof data107 == "object" && !Array.isArray(data107)){
for(const key14 in data107){
if(!(((((key14 === "algorithms") || (key14 === "max_age")) || (key14 === "require_nonce")) || (key14 === "nonce_lifetime")) || (key14 === "replay_entries"))){
const err286 = {instancePath:instancePath+"/dpop",schemaPath:"#/properties/dpop/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.dpop,data:data107};
if(vErrors === null){
vErrors = [err286];
}
else {
vErrors.push(err286);
}
errors++;
}
}
if(data107.algorithms !== undefined){
let data108 = data107.algorithms;
if(Array.isArray(data108)){
if(data108.length < 1){
const err287 = {instancePath:instancePath+"/dpop/algorithms",schemaPath:"#/properties/dpop/properties/algorithms/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.dpop.properties.algorithms,data:data108};
if(vErrors === null){
vErrors = [err287];
}
else {
vErrors.push(err287);
}
errors++;
}
const len14 = data108.length;
for(let i22=0; i22<len14; i22++){
let data109 = data108[i22];
if(typeof data109 !== "string"){
const err288 = {instancePath:instancePath+"/dpop/algorithms/" + i22,schemaPath:"#/properties/dpop/properties/algorithms/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.dpop.properties.algorithms.items.type,parentSchema:schema31.properties.dpop.properties.algorithms.items,data:data109};
if(vErrors === null){
vErrors = [err288];
}
else {
vErrors.push(err288);
}
errors++;
}
if(!(((((((((((data109 === "RS256") || (data109 === "RS384")) || (data109 === "RS512")) || (data109 === "PS256")) || (data109 === "PS384")) || (data109 === "PS512")) || (data109 === "ES256")) || (data109 === "ES384")) || (data109 === "ES512")) || (data109 === "EdDSA")) || (data109 === "Ed25519"))){
const err289 = {instancePath:instancePath+"/dpop/algorithms/" + i22,schemaPath:"#/properties/dpop/properties/algorithms/items/enum",keyword:"enum",params:{allowedValues: schema31.properties.dpop.properties.algorithms.items.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.dpop.properties.algorithms.items.enum,parentSchema:schema31.properties.dpop.properties.algorithms.items,data:data109};
if(vErrors === null){
vErrors = [err289];
}
else {
vErrors.push(err289);
}
errors++;
}
}
let i23 = data108.length;
let j8;
if(i23 > 1){
const indices8 = {};
for(;i23--;){
let item8 = data108[i23];
if(typeof item8 !== "string"){
continue;
}
if(typeof indices8[item8] == "number"){
j8 = indices8[item8];
const err290 = {instancePath:instancePath+"/dpop/algorithms",schemaPath:"#/properties/dpop/properties/algorithms/uniqueItems",keyword:"uniqueItems",params:{i: i23, j: j8},message:"must NOT have duplicate items (items ## "+j8+" and "+i23+" are identical)",schema:true,parentSchema:schema31.properties.dpop.properties.algorithms,data:data108};
if(vErrors === null){
vErrors = [err290];
}
else {
vErrors.push(err290);
}
errors++;
break;
}
indices8[item8] = i23;
}
}
}
else {
const err291 = {instancePath:instancePath+"/dpop/algorithms",schemaPath:"#/properties/dpop/properties/algorithms/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.dpop.properties.algorithms.type,parentSchema:schema31.properties.dpop.properties.algorithms,data:data108};
if(vErrors === null){
vErrors = [err291];
}
else {
vErrors.push(err291);
}
errors++;
}
}
if(data107.max_age !== undefined){
let data110 = data107.max_age;
if(typeof data110 === "string"){
if(!pattern5.test(data110)){
const err292 = {instancePath:instancePath+"/dpop/max_age",schemaPath:"#/properties/dpop/properties/max_age/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.dpop.properties.max_age,data:data110};
if(vErrors === null){
vErrors = [err292];
}
else {
vErrors.push(err292);
}
errors++;
}
}
else {
const err293 = {instancePath:instancePath+"/dpop/max_age",schemaPath:"#/properties/dpop/properties/max_age/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.dpop.properties.max_age.type,parentSchema:schema31.properties.dpop.properties.max_age,data:data110};
if(vErrors === null){
vErrors = [err293];
}
else {
vErrors.push(err293);
}
errors++;
}
}
if(data107.require_nonce !== undefined){
let data111 = data107.require_nonce;
if(typeof data111 !== "boolean"){
const err294 = {instancePath:instancePath+"/dpop/require_nonce",schemaPath:"#/properties/dpop/properties/require_nonce/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.dpop.properties.require_nonce.type,parentSchema:schema31.properties.dpop.properties.require_nonce,data:data111};
if(vErrors === null){
vErrors = [err294];
}
else {
vErrors.push(err294);
}
errors++;
}
}
if(data107.nonce_lifetime !== undefined){
let data112 = data107.nonce_lifetime;
if(typeof data112 === "string"){
if(!pattern5.test(data112)){
const err295 = {instancePath:instancePath+"/dpop/nonce_lifetime",schemaPath:"#/properties/dpop/properties/nonce_lifetime/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.dpop.properties.nonce_lifetime,data:data112};
if(vErrors === null){
vErrors = [err295];
}
else {
vErrors.push(err295);
}
errors++;
}
}
else {
const err296 = {instancePath:instancePath+"/dpop/nonce_lifetime",schemaPath:"#/properties/dpop/properties/nonce_lifetime/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.dpop.properties.nonce_lifetime.type,parentSchema:schema31.properties.dpop.properties.nonce_lifetime,data:data112};
if(vErrors === null){
vErrors = [err296];
}
else {
vErrors.push(err296);
}
errors++;
}
}
if(data107.replay_entries !== undefined){
let data113 = data107.replay_entries;
if(!(((typeof data113 == "number") && (!(data113 % 1) && !isNaN(data113))) && (isFinite(data113)))){
const err297 = {instancePath:instancePath+"/dpop/replay_entries",schemaPath:"#/properties/dpop/properties/replay_entries/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.dpop.properties.replay_entries.type,parentSchema:schema31.properties.dpop.properties.replay_entries,data:data113};
if(vErrors === null){
vErrors = [err297];
}
else {
vErrors.push(err297);
}
errors++;
}
if((typeof data113 == "number") && (isFinite(data113))){
if(data113 > 10000000 || isNaN(data113)){
const err298 = {instancePath:instancePath+"/dpop/replay_entries",schemaPath:"#/properties/dpop/properties/replay_entries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000000},message:"must be <= 10000000",schema:10000000,parentSchema:schema31.properties.dpop.properties.replay_entries,data:data113};
if(vErrors === null){
vErrors = [err298];
}
else {
vErrors.push(err298);
}
errors++;
}
if(data113 < 1000 || isNaN(data113)){
const err299 = {instancePath:instancePath+"/dpop/replay_entries",schemaPath:"#/properties/dpop/properties/replay_entries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1000},message:"must be >= 1000",schema:1000,parentSchema:schema31.properties.dpop.properties.replay_entries,data:data113};
if(vErrors === null){
vErrors = [err299];
}
else {
vErrors.push(err299);
}
errors++;
}
}
}
}
else {
const err300 = {instancePath:instancePath+"/dpop",schemaPath:"#/properties/dpop/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.dpop.type,parentSchema:schema31.properties.dpop,data:data107};
if(vErrors === null){
vErrors = [err300];
}
else {
vErrors.push(err300);
}
errors++;
}
}
if(data.client_identity !== undefined){
let data114 = data.client_identity;
if(data114 && typeof data114 == "object" && !Array.isArray(data114)){
for(const key15 in data114){
if(!((((key15 === "subject_from") || (key15 === "trust_domains")) || (key15 === "subject_type")) || (key15 === "subject_prefix"))){
const err301 = {instancePath:instancePath+"/client_identity",schemaPath:"#/properties/client_identity/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.client_identity,data:data114};
if(vErrors === null){
vErrors = [err301];
}
else {
vErrors.push(err301);
}
errors++;
}
}
if(data114.subject_from !== undefined){
let data115 = data114.subject_from;
if(typeof data115 !== "string"){
const err302 = {instancePath:instancePath+"/client_identity/subject_from",schemaPath:"#/properties/client_identity/properties/subject_from/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.client_identity.properties.subject_from.type,parentSchema:schema31.properties.client_identity.properties.subject_from,data:data115};
if(vErrors === null){
vErrors = [err302];
}
else {
vErrors.push(err302);
}
errors++;
}
if(!(((((data115 === "none") || (data115 === "spiffe")) || (data115 === "uri")) || (data115 === "dns")) || (data115 === "email"))){
const err303 = {instancePath:instancePath+"/client_identity/subject_from",schemaPath:"#/properties/client_identity/properties/subject_from/enum",keyword:"enum",params:{allowedValues: schema31.properties.client_identity.properties.subject_from.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.client_identity.properties.subject_from.enum,parentSchema:schema31.properties.client_identity.properties.subject_from,data:data115};
if(vErrors === null){
vErrors = [err303];
}
else {
vErrors.push(err303);
}
errors++;
}
}
if(data114.trust_domains !== undefined){
let data116 = data114.trust_domains;
if(Array.isArray(data116)){
if(data116.length > 1000){
const err304 = {instancePath:instancePath+"/client_identity/trust_domains",schemaPath:"#/properties/client_identity/properties/trust_domains/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.client_identity.properties.trust_domains,data:data116};
if(vErrors === null){
vErrors = [err304];
}
else {
vErrors.push(err304);
}
errors++;
}
const len15 = data116.length;
for(let i24=0; i24<len15; i24++){
let data117 = data116[i24];
if(typeof data117 === "string"){
if(!pattern29.test(data117)){
const err305 = {instancePath:instancePath+"/client_identity/trust_domains/" + i24,schemaPath:"#/properties/client_identity/properties/trust_domains/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9._-]{1,255}$"},message:"must match pattern \""+"^[a-z0-9._-]{1,255}$"+"\"",schema:"^[a-z0-9._-]{1,255}$",parentSchema:schema31.properties.client_identity.properties.trust_domains.items,data:data117};
if(vErrors === null){
vErrors = [err305];
}
else {
vErrors.push(err305);
}
errors++;
}
}
else {
const err306 = {instancePath:instancePath+"/client_identity/trust_domains/" + i24,schemaPath:"#/properties/client_identity/properties/trust_domains/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.client_identity.properties.trust_domains.items.type,parentSchema:schema31.properties.client_identity.properties.trust_domains.items,data:data117};
if(vErrors === null){
vErrors = [err306];
}
else {
vErrors.push(err306);
}
errors++;
}
}
let i25 = data116.length;
let j9;
if(i25 > 1){
const indices9 = {};
for(;i25--;){
let item9 = data116[i25];
if(typeof item9 !== "string"){
continue;
}
if(typeof indices9[item9] == "number"){
j9 = indices9[item9];
const err307 = {instancePath:instancePath+"/client_identity/trust_domains",schemaPath:"#/properties/client_identity/properties/trust_domains/uniqueItems",keyword:"uniqueItems",params:{i: i25, j: j9},message:"must NOT have duplicate items (items ## "+j9+" and "+i25+" are identical)",schema:true,parentSchema:schema31.properties.client_identity.properties.trust_domains,data:data116};
if(vErrors === null){
vErrors = [err307];
}
else {
vErrors.push(err307);
}
errors++;
break;
}
indices9[item9] = i25;
}
}
}
else {
const err308 = {instancePath:instancePath+"/client_identity/trust_domains",schemaPath:"#/properties/client_identity/properties/trust_domains/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.client_identity.properties.trust_domains.type,parentSchema:schema31.properties.client_identity.properties.trust_domains,data:data116};
if(vErrors === null){
vErrors = [err308];
}
else {
vErrors.push(err308);
}
errors++;
}
}
if(data114.subject_type !== undefined){
let data118 = data114.subject_type;
if(typeof data118 === "string"){
if(func3(data118) > 128){
const err309 = {instancePath:instancePath+"/client_identity/subject_type",schemaPath:"#/properties/client_identity/properties/subject_type/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",schema:128,parentSchema:schema31.properties.client_identity.properties.subject_type,data:data118};
if(vErrors === null){
vErrors = [err309];
}
else {
vErrors.push(err309);
}
errors++;
}
if(func3(data118) < 1){
const err310 = {instancePath:instancePath+"/client_identity/subject_type",schemaPath:"#/properties/client_identity/properties/subject_type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.client_identity.properties.subject_type,data:data118};
if(vErrors === null){
vErrors = [err310];
}
else {
vErrors.push(err310);
}
errors++;
}
}
else {
const err311 = {instancePath:instancePath+"/client_identity/subject_type",schemaPath:"#/properties/client_identity/properties/subject_type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.client_identity.properties.subject_type.type,parentSchema:schema31.properties.client_identity.properties.subject_type,data:data118};
if(vErrors === null){
vErrors = [err311];
}
else {
vErrors.push(err311);
}
errors++;
}
}
if(data114.subject_prefix !== undefined){
let data119 = data114.subject_prefix;
if(typeof data119 === "string"){
if(func3(data119) > 256){
const err312 = {instancePath:instancePath+"/client_identity/subject_prefix",schemaPath:"#/properties/client_identity/properties/subject_prefix/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema31.properties.client_identity.properties.subject_prefix,data:data119};
if(vErrors === null){
vErrors = [err312];
}
else {
vErrors.push(err312);
}
errors++;
}
}
else {
const err313 = {instancePath:instancePath+"/client_identity/subject_prefix",schemaPath:"#/properties/client_identity/properties/subject_prefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.client_identity.properties.subject_prefix.type,parentSchema:schema31.properties.client_identity.properties.subject_prefix,data:data119};
if(vErrors === null){
vErrors = [err313];
}
else {
vErrors.push(err313);
}
errors++;
}
}
}
else {
const err314 = {instancePath:instancePath+"/client_identity",schemaPath:"#/properties/client_identity/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.client_identity.type,parentSchema:schema31.properties.client_identity,data:data114};
if(vErrors === null){
vErrors = [err314];
}
else {
vErrors.push(err314);
}
errors++;
}
}
if(data.api_keys !== undefined){
let data120 = data.api_keys;
if(data120 && typeof data120 == "object" && !Array.isArray(data120)){
for(const key16 in data120){
if(!((key16 === "file") || (key16 === "header"))){
const err315 = {instancePath:instancePath+"/api_keys",schemaPath:"#/properties/api_keys/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.api_keys,data:data120};
if(vErrors === null){
vErrors = [err315];
}
else {
vErrors.push(err315);
}
errors++;
}
}
if(data120.file !== undefined){
let data121 = data120.file;
if(typeof data121 === "string"){
if(func3(data121) > 4096){
const err316 = {instancePath:instancePath+"/api_keys/file",schemaPath:"#/properties/api_keys/properties/file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.api_keys.properties.file,data:data121};
if(vErrors === null){
vErrors = [err316];
}
else {
vErrors.push(err316);
}
errors++;
}
if(func3(data121) < 1){
const err317 = {instancePath:instancePath+"/api_keys/file",schemaPath:"#/properties/api_keys/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.api_keys.properties.file,data:data121};
if(vErrors === null){
vErrors = [err317];
}
else {
vErrors.push(err317);
}
errors++;
}
}
else {
const err318 = {instancePath:instancePath+"/api_keys/file",schemaPath:"#/properties/api_keys/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.api_keys.properties.file.type,parentSchema:schema31.properties.api_keys.properties.file,data:data121};
if(vErrors === null){
vErrors = [err318];
}
else {
vErrors.push(err318);
}
errors++;
}
}
if(data120.header !== undefined){
let data122 = data120.header;
if(typeof data122 === "string"){
if(!pattern30.test(data122)){
const err319 = {instancePath:instancePath+"/api_keys/header",schemaPath:"#/properties/api_keys/properties/header/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9-]{0,63}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9-]{0,63}$",parentSchema:schema31.properties.api_keys.properties.header,data:data122};
if(vErrors === null){
vErrors = [err319];
}
else {
vErrors.push(err319);
}
errors++;
}
}
else {
const err320 = {instancePath:instancePath+"/api_keys/header",schemaPath:"#/properties/api_keys/properties/header/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.api_keys.properties.header.type,parentSchema:schema31.properties.api_keys.properties.header,data:data122};
if(vErrors === null){
vErrors = [err320];
}
else {
vErrors.push(err320);
}
errors++;
}
}
}
else {
const err321 = {instancePath:instancePath+"/api_keys",schemaPath:"#/properties/api_keys/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.api_keys.type,parentSchema:schema31.properties.api_keys,data:data120};
if(vErrors === null){
vErrors = [err321];
}
else {
vErrors.push(err321);
}
errors++;
}
}
if(data.issuer_keys !== undefined){
let data123 = data.issuer_keys;
if(data123 && typeof data123 == "object" && !Array.isArray(data123)){
for(const key17 in data123){
if(!((((((((key17 === "timeout") || (key17 === "refresh_interval")) || (key17 === "cooldown")) || (key17 === "stale_use")) || (key17 === "min_backoff")) || (key17 === "max_backoff")) || (key17 === "max_response_size")) || (key17 === "max_keys"))){
const err322 = {instancePath:instancePath+"/issuer_keys",schemaPath:"#/properties/issuer_keys/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.issuer_keys,data:data123};
if(vErrors === null){
vErrors = [err322];
}
else {
vErrors.push(err322);
}
errors++;
}
}
if(data123.timeout !== undefined){
let data124 = data123.timeout;
if(typeof data124 === "string"){
if(!pattern5.test(data124)){
const err323 = {instancePath:instancePath+"/issuer_keys/timeout",schemaPath:"#/properties/issuer_keys/properties/timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.timeout,data:data124};
if(vErrors === null){
vErrors = [err323];
}
else {
vErrors.push(err323);
}
errors++;
}
}
else {
const err324 = {instancePath:instancePath+"/issuer_keys/timeout",schemaPath:"#/properties/issuer_keys/properties/timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.timeout.type,parentSchema:schema31.properties.issuer_keys.properties.timeout,data:data124};
if(vErrors === null){
vErrors = [err324];
}
else {
vErrors.push(err324);
}
errors++;
}
}
if(data123.refresh_interval !== undefined){
let data125 = data123.refresh_interval;
if(typeof data125 === "string"){
if(!pattern5.test(data125)){
const err325 = {instancePath:instancePath+"/issuer_keys/refresh_interval",schemaPath:"#/properties/issuer_keys/properties/refresh_interval/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.refresh_interval,data:data125};
if(vErrors === null){
vErrors = [err325];
}
else {
vErrors.push(err325);
}
errors++;
}
}
else {
const err326 = {instancePath:instancePath+"/issuer_keys/refresh_interval",schemaPath:"#/properties/issuer_keys/properties/refresh_interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.refresh_interval.type,parentSchema:schema31.properties.issuer_keys.properties.refresh_interval,data:data125};
if(vErrors === null){
vErrors = [err326];
}
else {
vErrors.push(err326);
}
errors++;
}
}
if(data123.cooldown !== undefined){
let data126 = data123.cooldown;
if(typeof data126 === "string"){
if(!pattern5.test(data126)){
const err327 = {instancePath:instancePath+"/issuer_keys/cooldown",schemaPath:"#/properties/issuer_keys/properties/cooldown/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.cooldown,data:data126};
if(vErrors === null){
vErrors = [err327];
}
else {
vErrors.push(err327);
}
errors++;
}
}
else {
const err328 = {instancePath:instancePath+"/issuer_keys/cooldown",schemaPath:"#/properties/issuer_keys/properties/cooldown/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.cooldown.type,parentSchema:schema31.properties.issuer_keys.properties.cooldown,data:data126};
if(vErrors === null){
vErrors = [err328];
}
else {
vErrors.push(err328);
}
errors++;
}
}
if(data123.stale_use !== undefined){
let data127 = data123.stale_use;
if(typeof data127 === "string"){
if(!pattern5.test(data127)){
const err329 = {instancePath:instancePath+"/issuer_keys/stale_use",schemaPath:"#/properties/issuer_keys/properties/stale_use/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.stale_use,data:data127};
if(vErrors === null){
vErrors = [err329];
}
else {
vErrors.push(err329);
}
errors++;
}
}
else {
const err330 = {instancePath:instancePath+"/issuer_keys/stale_use",schemaPath:"#/properties/issuer_keys/properties/stale_use/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.stale_use.type,parentSchema:schema31.properties.issuer_keys.properties.stale_use,data:data127};
if(vErrors === null){
vErrors = [err330];
}
else {
vErrors.push(err330);
}
errors++;
}
}
if(data123.min_backoff !== undefined){
let data128 = data123.min_backoff;
if(typeof data128 === "string"){
if(!pattern5.test(data128)){
const err331 = {instancePath:instancePath+"/issuer_keys/min_backoff",schemaPath:"#/properties/issuer_keys/properties/min_backoff/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.min_backoff,data:data128};
if(vErrors === null){
vErrors = [err331];
}
else {
vErrors.push(err331);
}
errors++;
}
}
else {
const err332 = {instancePath:instancePath+"/issuer_keys/min_backoff",schemaPath:"#/properties/issuer_keys/properties/min_backoff/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.min_backoff.type,parentSchema:schema31.properties.issuer_keys.properties.min_backoff,data:data128};
if(vErrors === null){
vErrors = [err332];
}
else {
vErrors.push(err332);
}
errors++;
}
}
if(data123.max_backoff !== undefined){
let data129 = data123.max_backoff;
if(typeof data129 === "string"){
if(!pattern5.test(data129)){
const err333 = {instancePath:instancePath+"/issuer_keys/max_backoff",schemaPath:"#/properties/issuer_keys/properties/max_backoff/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.max_backoff,data:data129};
if(vErrors === null){
vErrors = [err333];
}
else {
vErrors.push(err333);
}
errors++;
}
}
else {
const err334 = {instancePath:instancePath+"/issuer_keys/max_backoff",schemaPath:"#/properties/issuer_keys/properties/max_backoff/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.max_backoff.type,parentSchema:schema31.properties.issuer_keys.properties.max_backoff,data:data129};
if(vErrors === null){
vErrors = [err334];
}
else {
vErrors.push(err334);
}
errors++;
}
}
if(data123.max_response_size !== undefined){
let data130 = data123.max_response_size;
if(typeof data130 === "string"){
if(!pattern6.test(data130)){
const err335 = {instancePath:instancePath+"/issuer_keys/max_response_size",schemaPath:"#/properties/issuer_keys/properties/max_response_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.issuer_keys.properties.max_response_size,data:data130};
if(vErrors === null){
vErrors = [err335];
}
else {
vErrors.push(err335);
}
errors++;
}
}
else {
const err336 = {instancePath:instancePath+"/issuer_keys/max_response_size",schemaPath:"#/properties/issuer_keys/properties/max_response_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.max_response_size.type,parentSchema:schema31.properties.issuer_keys.properties.max_response_size,data:data130};
if(vErrors === null){
vErrors = [err336];
}
else {
vErrors.push(err336);
}
errors++;
}
}
if(data123.max_keys !== undefined){
let data131 = data123.max_keys;
if(!(((typeof data131 == "number") && (!(data131 % 1) && !isNaN(data131))) && (isFinite(data131)))){
const err337 = {instancePath:instancePath+"/issuer_keys/max_keys",schemaPath:"#/properties/issuer_keys/properties/max_keys/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.issuer_keys.properties.max_keys.type,parentSchema:schema31.properties.issuer_keys.properties.max_keys,data:data131};
if(vErrors === null){
vErrors = [err337];
}
else {
vErrors.push(err337);
}
errors++;
}
if((typeof data131 == "number") && (isFinite(data131))){
if(data131 > 1000 || isNaN(data131)){
const err338 = {instancePath:instancePath+"/issuer_keys/max_keys",schemaPath:"#/properties/issuer_keys/properties/max_keys/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema31.properties.issuer_keys.properties.max_keys,data:data131};
if(vErrors === null){
vErrors = [err338];
}
else {
vErrors.push(err338);
}
errors++;
}
if(data131 < 1 || isNaN(data131)){
const err339 = {instancePath:instancePath+"/issuer_keys/max_keys",schemaPath:"#/properties/issuer_keys/properties/max_keys/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.issuer_keys.properties.max_keys,data:data131};
if(vErrors === null){
vErrors = [err339];
}
else {
vErrors.push(err339);
}
errors++;
}
}
}
}
else {
const err340 = {instancePath:instancePath+"/issuer_keys",schemaPath:"#/properties/issuer_keys/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.issuer_keys.type,parentSchema:schema31.properties.issuer_keys,data:data123};
if(vErrors === null){
vErrors = [err340];
}
else {
vErrors.push(err340);
}
errors++;
}
}
if(data.authentication !== undefined){
let data132 = data.authentication;
if(data132 && typeof data132 == "object" && !Array.isArray(data132)){
for(const key18 in data132){
if(!((((((key18 === "clock_skew") || (key18 === "max_token_size")) || (key18 === "token_cache_entries")) || (key18 === "token_cache_max_age")) || (key18 === "max_failures_per_address")) || (key18 === "max_failures"))){
const err341 = {instancePath:instancePath+"/authentication",schemaPath:"#/properties/authentication/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key18},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.authentication,data:data132};
if(vErrors === null){
vErrors = [err341];
}
else {
vErrors.push(err341);
}
errors++;
}
}
if(data132.clock_skew !== undefined){
let data133 = data132.clock_skew;
if(typeof data133 === "string"){
if(!pattern5.test(data133)){
const err342 = {instancePath:instancePath+"/authentication/clock_skew",schemaPath:"#/properties/authentication/properties/clock_skew/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.authentication.properties.clock_skew,data:data133};
if(vErrors === null){
vErrors = [err342];
}
else {
vErrors.push(err342);
}
errors++;
}
}
else {
const err343 = {instancePath:instancePath+"/authentication/clock_skew",schemaPath:"#/properties/authentication/properties/clock_skew/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.authentication.properties.clock_skew.type,parentSchema:schema31.properties.authentication.properties.clock_skew,data:data133};
if(vErrors === null){
vErrors = [err343];
}
else {
vErrors.push(err343);
}
errors++;
}
}
if(data132.max_token_size !== undefined){
let data134 = data132.max_token_size;
if(typeof data134 === "string"){
if(!pattern6.test(data134)){
const err344 = {instancePath:instancePath+"/authentication/max_token_size",schemaPath:"#/properties/authentication/properties/max_token_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.authentication.properties.max_token_size,data:data134};
if(vErrors === null){
vErrors = [err344];
}
else {
vErrors.push(err344);
}
errors++;
}
}
else {
const err345 = {instancePath:instancePath+"/authentication/max_token_size",schemaPath:"#/properties/authentication/properties/max_token_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.authentication.properties.max_token_size.type,parentSchema:schema31.properties.authentication.properties.max_token_size,data:data134};
if(vErrors === null){
vErrors = [err345];
}
else {
vErrors.push(err345);
}
errors++;
}
}
if(data132.token_cache_entries !== undefined){
let data135 = data132.token_cache_entries;
if(!(((typeof data135 == "number") && (!(data135 % 1) && !isNaN(data135))) && (isFinite(data135)))){
const err346 = {instancePath:instancePath+"/authentication/token_cache_entries",schemaPath:"#/properties/authentication/properties/token_cache_entries/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.authentication.properties.token_cache_entries.type,parentSchema:schema31.properties.authentication.properties.token_cache_entries,data:data135};
if(vErrors === null){
vErrors = [err346];
}
else {
vErrors.push(err346);
}
errors++;
}
if((typeof data135 == "number") && (isFinite(data135))){
if(data135 > 1000000 || isNaN(data135)){
const err347 = {instancePath:instancePath+"/authentication/token_cache_entries",schemaPath:"#/properties/authentication/properties/token_cache_entries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema31.properties.authentication.properties.token_cache_entries,data:data135};
if(vErrors === null){
vErrors = [err347];
}
else {
vErrors.push(err347);
}
errors++;
}
if(data135 < 1 || isNaN(data135)){
const err348 = {instancePath:instancePath+"/authentication/token_cache_entries",schemaPath:"#/properties/authentication/properties/token_cache_entries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.authentication.properties.token_cache_entries,data:data135};
if(vErrors === null){
vErrors = [err348];
}
else {
vErrors.push(err348);
}
errors++;
}
}
}
if(data132.token_cache_max_age !== undefined){
let data136 = data132.token_cache_max_age;
if(typeof data136 === "string"){
if(!pattern5.test(data136)){
const err349 = {instancePath:instancePath+"/authentication/token_cache_max_age",schemaPath:"#/properties/authentication/properties/token_cache_max_age/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.authentication.properties.token_cache_max_age,data:data136};
if(vErrors === null){
vErrors = [err349];
}
else {
vErrors.push(err349);
}
errors++;
}
}
else {
const err350 = {instancePath:instancePath+"/authentication/token_cache_max_age",schemaPath:"#/properties/authentication/properties/token_cache_max_age/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.authentication.properties.token_cache_max_age.type,parentSchema:schema31.properties.authentication.properties.token_cache_max_age,data:data136};
if(vErrors === null){
vErrors = [err350];
}
else {
vErrors.push(err350);
}
errors++;
}
}
if(data132.max_failures_per_address !== undefined){
let data137 = data132.max_failures_per_address;
if(!(((typeof data137 == "number") && (!(data137 % 1) && !isNaN(data137))) && (isFinite(data137)))){
const err351 = {instancePath:instancePath+"/authentication/max_failures_per_address",schemaPath:"#/properties/authentication/properties/max_failures_per_address/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.authentication.properties.max_failures_per_address.type,parentSchema:schema31.properties.authentication.properties.max_failures_per_address,data:data137};
if(vErrors === null){
vErrors = [err351];
}
else {
vErrors.push(err351);
}
errors++;
}
if((typeof data137 == "number") && (isFinite(data137))){
if(data137 > 100000 || isNaN(data137)){
const err352 = {instancePath:instancePath+"/authentication/max_failures_per_address",schemaPath:"#/properties/authentication/properties/max_failures_per_address/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema31.properties.authentication.properties.max_failures_per_address,data:data137};
if(vErrors === null){
vErrors = [err352];
}
else {
vErrors.push(err352);
}
errors++;
}
if(data137 < 1 || isNaN(data137)){
const err353 = {instancePath:instancePath+"/authentication/max_failures_per_address",schemaPath:"#/properties/authentication/properties/max_failures_per_address/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.authentication.properties.max_failures_per_address,data:data137};
if(vErrors === null){
vErrors = [err353];
}
else {
vErrors.push(err353);
}
errors++;
}
}
}
if(data132.max_failures !== undefined){
let data138 = data132.max_failures;
if(!(((typeof data138 == "number") && (!(data138 % 1) && !isNaN(data138))) && (isFinite(data138)))){
const err354 = {instancePath:instancePath+"/authentication/max_failures",schemaPath:"#/properties/authentication/properties/max_failures/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.authentication.properties.max_failures.type,parentSchema:schema31.properties.authentication.properties.max_failures,data:data138};
if(vErrors === null){
vErrors = [err354];
}
else {
vErrors.push(err354);
}
errors++;
}
if((typeof data138 == "number") && (isFinite(data138))){
if(data138 > 1000000 || isNaN(data138)){
const err355 = {instancePath:instancePath+"/authentication/max_failures",schemaPath:"#/properties/authentication/properties/max_failures/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema31.properties.authentication.properties.max_failures,data:data138};
if(vErrors === null){
vErrors = [err355];
}
else {
vErrors.push(err355);
}
errors++;
}
if(data138 < 1 || isNaN(data138)){
const err356 = {instancePath:instancePath+"/authentication/max_failures",schemaPath:"#/properties/authentication/properties/max_failures/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.authentication.properties.max_failures,data:data138};
if(vErrors === null){
vErrors = [err356];
}
else {
vErrors.push(err356);
}
errors++;
}
}
}
}
else {
const err357 = {instancePath:instancePath+"/authentication",schemaPath:"#/properties/authentication/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.authentication.type,parentSchema:schema31.properties.authentication,data:data132};
if(vErrors === null){
vErrors = [err357];
}
else {
vErrors.push(err357);
}
errors++;
}
}
if(data.identity_token !== undefined){
let data139 = data.identity_token;
if(data139 && typeof data139 == "object" && !Array.isArray(data139)){
for(const key19 in data139){
if(!(((((key19 === "issuer") || (key19 === "lifetime")) || (key19 === "key_file")) || (key19 === "rotation_interval")) || (key19 === "publish_lead"))){
const err358 = {instancePath:instancePath+"/identity_token",schemaPath:"#/properties/identity_token/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key19},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.identity_token,data:data139};
if(vErrors === null){
vErrors = [err358];
}
else {
vErrors.push(err358);
}
errors++;
}
}
if(data139.issuer !== undefined){
let data140 = data139.issuer;
if(typeof data140 === "string"){
if(func3(data140) > 4096){
const err359 = {instancePath:instancePath+"/identity_token/issuer",schemaPath:"#/properties/identity_token/properties/issuer/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.identity_token.properties.issuer,data:data140};
if(vErrors === null){
vErrors = [err359];
}
else {
vErrors.push(err359);
}
errors++;
}
if(func3(data140) < 1){
const err360 = {instancePath:instancePath+"/identity_token/issuer",schemaPath:"#/properties/identity_token/properties/issuer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.identity_token.properties.issuer,data:data140};
if(vErrors === null){
vErrors = [err360];
}
else {
vErrors.push(err360);
}
errors++;
}
}
else {
const err361 = {instancePath:instancePath+"/identity_token/issuer",schemaPath:"#/properties/identity_token/properties/issuer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.identity_token.properties.issuer.type,parentSchema:schema31.properties.identity_token.properties.issuer,data:data140};
if(vErrors === null){
vErrors = [err361];
}
else {
vErrors.push(err361);
}
errors++;
}
}
if(data139.lifetime !== undefined){
let data141 = data139.lifetime;
if(typeof data141 === "string"){
if(!pattern5.test(data141)){
const err362 = {instancePath:instancePath+"/identity_token/lifetime",schemaPath:"#/properties/identity_token/properties/lifetime/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.identity_token.properties.lifetime,data:data141};
if(vErrors === null){
vErrors = [err362];
}
else {
vErrors.push(err362);
}
errors++;
}
}
else {
const err363 = {instancePath:instancePath+"/identity_token/lifetime",schemaPath:"#/properties/identity_token/properties/lifetime/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.identity_token.properties.lifetime.type,parentSchema:schema31.properties.identity_token.properties.lifetime,data:data141};
if(vErrors === null){
vErrors = [err363];
}
else {
vErrors.push(err363);
}
errors++;
}
}
if(data139.key_file !== undefined){
let data142 = data139.key_file;
if(typeof data142 === "string"){
if(func3(data142) > 4096){
const err364 = {instancePath:instancePath+"/identity_token/key_file",schemaPath:"#/properties/identity_token/properties/key_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.identity_token.properties.key_file,data:data142};
if(vErrors === null){
vErrors = [err364];
}
else {
vErrors.push(err364);
}
errors++;
}
if(func3(data142) < 1){
const err365 = {instancePath:instancePath+"/identity_token/key_file",schemaPath:"#/properties/identity_token/properties/key_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.identity_token.properties.key_file,data:data142};
if(vErrors === null){
vErrors = [err365];
}
else {
vErrors.push(err365);
}
errors++;
}
}
else {
const err366 = {instancePath:instancePath+"/identity_token/key_file",schemaPath:"#/properties/identity_token/properties/key_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.identity_token.properties.key_file.type,parentSchema:schema31.properties.identity_token.properties.key_file,data:data142};
if(vErrors === null){
vErrors = [err366];
}
else {
vErrors.push(err366);
}
errors++;
}
}
if(data139.rotation_interval !== undefined){
let data143 = data139.rotation_interval;
if(typeof data143 === "string"){
if(!pattern5.test(data143)){
const err367 = {instancePath:instancePath+"/identity_token/rotation_interval",schemaPath:"#/properties/identity_token/properties/rotation_interval/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.identity_token.properties.rotation_interval,data:data143};
if(vErrors === null){
vErrors = [err367];
}
else {
vErrors.push(err367);
}
errors++;
}
}
else {
const err368 = {instancePath:instancePath+"/identity_token/rotation_interval",schemaPath:"#/properties/identity_token/properties/rotation_interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.identity_token.properties.rotation_interval.type,parentSchema:schema31.properties.identity_token.properties.rotation_interval,data:data143};
if(vErrors === null){
vErrors = [err368];
}
else {
vErrors.push(err368);
}
errors++;
}
}
if(data139.publish_lead !== undefined){
let data144 = data139.publish_lead;
if(typeof data144 === "string"){
if(!pattern5.test(data144)){
const err369 = {instancePath:instancePath+"/identity_token/publish_lead",schemaPath:"#/properties/identity_token/properties/publish_lead/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.identity_token.properties.publish_lead,data:data144};
if(vErrors === null){
vErrors = [err369];
}
else {
vErrors.push(err369);
}
errors++;
}
}
else {
const err370 = {instancePath:instancePath+"/identity_token/publish_lead",schemaPath:"#/properties/identity_token/properties/publish_lead/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.identity_token.properties.publish_lead.type,parentSchema:schema31.properties.identity_token.properties.publish_lead,data:data144};
if(vErrors === null){
vErrors = [err370];
}
else {
vErrors.push(err370);
}
errors++;
}
}
}
else {
const err371 = {instancePath:instancePath+"/identity_token",schemaPath:"#/properties/identity_token/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.identity_token.type,parentSchema:schema31.properties.identity_token,data:data139};
if(vErrors === null){
vErrors = [err371];
}
else {
vErrors.push(err371);
}
errors++;
}
}
if(data.check !== undefined){
let data145 = data.check;
if(data145 && typeof data145 == "object" && !Array.isArray(data145)){
for(const key20 in data145){
if(!(func1.call(schema31.properties.check.properties, key20))){
const err372 = {instancePath:instancePath+"/check",schemaPath:"#/properties/check/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key20},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.check,data:data145};
if(vErrors === null){
vErrors = [err372];
}
else {
vErrors.push(err372);
}
errors++;
}
}
if(data145.host !== undefined){
let data146 = data145.host;
if(typeof data146 === "string"){
if(func3(data146) > 4096){
const err373 = {instancePath:instancePath+"/check/host",schemaPath:"#/properties/check/properties/host/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.check.properties.host,data:data146};
if(vErrors === null){
vErrors = [err373];
}
else {
vErrors.push(err373);
}
errors++;
}
if(func3(data146) < 1){
const err374 = {instancePath:instancePath+"/check/host",schemaPath:"#/properties/check/properties/host/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.check.properties.host,data:data146};
if(vErrors === null){
vErrors = [err374];
}
else {
vErrors.push(err374);
}
errors++;
}
}
else {
const err375 = {instancePath:instancePath+"/check/host",schemaPath:"#/properties/check/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.host.type,parentSchema:schema31.properties.check.properties.host,data:data146};
if(vErrors === null){
vErrors = [err375];
}
else {
vErrors.push(err375);
}
errors++;
}
}
if(data145.port !== undefined){
let data147 = data145.port;
if(!(((typeof data147 == "number") && (!(data147 % 1) && !isNaN(data147))) && (isFinite(data147)))){
const err376 = {instancePath:instancePath+"/check/port",schemaPath:"#/properties/check/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.check.properties.port.type,parentSchema:schema31.properties.check.properties.port,data:data147};
if(vErrors === null){
vErrors = [err376];
}
else {
vErrors.push(err376);
}
errors++;
}
if((typeof data147 == "number") && (isFinite(data147))){
if(data147 > 65535 || isNaN(data147)){
const err377 = {instancePath:instancePath+"/check/port",schemaPath:"#/properties/check/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema31.properties.check.properties.port,data:data147};
if(vErrors === null){
vErrors = [err377];
}
else {
vErrors.push(err377);
}
errors++;
}
if(data147 < 0 || isNaN(data147)){
const err378 = {instancePath:instancePath+"/check/port",schemaPath:"#/properties/check/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.check.properties.port,data:data147};
if(vErrors === null){
vErrors = [err378];
}
else {
vErrors.push(err378);
}
errors++;
}
}
}
if(data145.public_url !== undefined){
let data148 = data145.public_url;
if(typeof data148 === "string"){
if(func3(data148) > 4096){
const err379 = {instancePath:instancePath+"/check/public_url",schemaPath:"#/properties/check/properties/public_url/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.check.properties.public_url,data:data148};
if(vErrors === null){
vErrors = [err379];
}
else {
vErrors.push(err379);
}
errors++;
}
if(func3(data148) < 1){
const err380 = {instancePath:instancePath+"/check/public_url",schemaPath:"#/properties/check/properties/public_url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.check.properties.public_url,data:data148};
if(vErrors === null){
vErrors = [err380];
}
else {
vErrors.push(err380);
}
errors++;
}
}
else {
const err381 = {instancePath:instancePath+"/check/public_url",schemaPath:"#/properties/check/properties/public_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.public_url.type,parentSchema:schema31.properties.check.properties.public_url,data:data148};
if(vErrors === null){
vErrors = [err381];
}
else {
vErrors.push(err381);
}
errors++;
}
}
if(data145.keys !== undefined){
let data149 = data145.keys;
if(Array.isArray(data149)){
if(data149.length > 1000){
const err382 = {instancePath:instancePath+"/check/keys",schemaPath:"#/properties/check/properties/keys/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.check.properties.keys,data:data149};
if(vErrors === null){
vErrors = [err382];
}
else {
vErrors.push(err382);
}
errors++;
}
const len16 = data149.length;
for(let i26=0; i26<len16; i26++){
let data150 = data149[i26];
if(data150 && typeof data150 == "object" && !Array.isArray(data150)){
if(data150.id === undefined){
const err383 = {instancePath:instancePath+"/check/keys/" + i26,schemaPath:"#/properties/check/properties/keys/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema31.properties.check.properties.keys.items.required,parentSchema:schema31.properties.check.properties.keys.items,data:data150};
if(vErrors === null){
vErrors = [err383];
}
else {
vErrors.push(err383);
}
errors++;
}
if(data150.sha256 === undefined){
const err384 = {instancePath:instancePath+"/check/keys/" + i26,schemaPath:"#/properties/check/properties/keys/items/required",keyword:"required",params:{missingProperty: "sha256"},message:"must have required property '"+"sha256"+"'",schema:schema31.properties.check.properties.keys.items.required,parentSchema:schema31.properties.check.properties.keys.items,data:data150};
if(vErrors === null){
vErrors = [err384];
}
else {
vErrors.push(err384);
}
errors++;
}
for(const key21 in data150){
if(!((key21 === "id") || (key21 === "sha256"))){
const err385 = {instancePath:instancePath+"/check/keys/" + i26,schemaPath:"#/properties/check/properties/keys/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key21},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.check.properties.keys.items,data:data150};
if(vErrors === null){
vErrors = [err385];
}
else {
vErrors.push(err385);
}
errors++;
}
}
if(data150.id !== undefined){
let data151 = data150.id;
if(typeof data151 === "string"){
if(!pattern44.test(data151)){
const err386 = {instancePath:instancePath+"/check/keys/" + i26+"/id",schemaPath:"#/properties/check/properties/keys/items/properties/id/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$",parentSchema:schema31.properties.check.properties.keys.items.properties.id,data:data151};
if(vErrors === null){
vErrors = [err386];
}
else {
vErrors.push(err386);
}
errors++;
}
}
else {
const err387 = {instancePath:instancePath+"/check/keys/" + i26+"/id",schemaPath:"#/properties/check/properties/keys/items/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.keys.items.properties.id.type,parentSchema:schema31.properties.check.properties.keys.items.properties.id,data:data151};
if(vErrors === null){
vErrors = [err387];
}
else {
vErrors.push(err387);
}
errors++;
}
}
if(data150.sha256 !== undefined){
let data152 = data150.sha256;
if(typeof data152 === "string"){
if(!pattern45.test(data152)){
const err388 = {instancePath:instancePath+"/check/keys/" + i26+"/sha256",schemaPath:"#/properties/check/properties/keys/items/properties/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{64}$"},message:"must match pattern \""+"^[0-9a-fA-F]{64}$"+"\"",schema:"^[0-9a-fA-F]{64}$",parentSchema:schema31.properties.check.properties.keys.items.properties.sha256,data:data152};
if(vErrors === null){
vErrors = [err388];
}
else {
vErrors.push(err388);
}
errors++;
}
}
else {
const err389 = {instancePath:instancePath+"/check/keys/" + i26+"/sha256",schemaPath:"#/properties/check/properties/keys/items/properties/sha256/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.keys.items.properties.sha256.type,parentSchema:schema31.properties.check.properties.keys.items.properties.sha256,data:data152};
if(vErrors === null){
vErrors = [err389];
}
else {
vErrors.push(err389);
}
errors++;
}
}
}
else {
const err390 = {instancePath:instancePath+"/check/keys/" + i26,schemaPath:"#/properties/check/properties/keys/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.check.properties.keys.items.type,parentSchema:schema31.properties.check.properties.keys.items,data:data150};
if(vErrors === null){
vErrors = [err390];
}
else {
vErrors.push(err390);
}
errors++;
}
}
}
else {
const err391 = {instancePath:instancePath+"/check/keys",schemaPath:"#/properties/check/properties/keys/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.check.properties.keys.type,parentSchema:schema31.properties.check.properties.keys,data:data149};
if(vErrors === null){
vErrors = [err391];
}
else {
vErrors.push(err391);
}
errors++;
}
}
if(data145.keys_file !== undefined){
let data153 = data145.keys_file;
if(typeof data153 === "string"){
if(func3(data153) > 4096){
const err392 = {instancePath:instancePath+"/check/keys_file",schemaPath:"#/properties/check/properties/keys_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.check.properties.keys_file,data:data153};
if(vErrors === null){
vErrors = [err392];
}
else {
vErrors.push(err392);
}
errors++;
}
if(func3(data153) < 1){
const err393 = {instancePath:instancePath+"/check/keys_file",schemaPath:"#/properties/check/properties/keys_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.check.properties.keys_file,data:data153};
if(vErrors === null){
vErrors = [err393];
}
else {
vErrors.push(err393);
}
errors++;
}
}
else {
const err394 = {instancePath:instancePath+"/check/keys_file",schemaPath:"#/properties/check/properties/keys_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.keys_file.type,parentSchema:schema31.properties.check.properties.keys_file,data:data153};
if(vErrors === null){
vErrors = [err394];
}
else {
vErrors.push(err394);
}
errors++;
}
}
if(data145.token_subjects !== undefined){
let data154 = data145.token_subjects;
if(Array.isArray(data154)){
if(data154.length > 1000){
const err395 = {instancePath:instancePath+"/check/token_subjects",schemaPath:"#/properties/check/properties/token_subjects/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.check.properties.token_subjects,data:data154};
if(vErrors === null){
vErrors = [err395];
}
else {
vErrors.push(err395);
}
errors++;
}
const len17 = data154.length;
for(let i27=0; i27<len17; i27++){
let data155 = data154[i27];
if(typeof data155 === "string"){
if(func3(data155) > 1024){
const err396 = {instancePath:instancePath+"/check/token_subjects/" + i27,schemaPath:"#/properties/check/properties/token_subjects/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.check.properties.token_subjects.items,data:data155};
if(vErrors === null){
vErrors = [err396];
}
else {
vErrors.push(err396);
}
errors++;
}
if(func3(data155) < 1){
const err397 = {instancePath:instancePath+"/check/token_subjects/" + i27,schemaPath:"#/properties/check/properties/token_subjects/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.check.properties.token_subjects.items,data:data155};
if(vErrors === null){
vErrors = [err397];
}
else {
vErrors.push(err397);
}
errors++;
}
}
else {
const err398 = {instancePath:instancePath+"/check/token_subjects/" + i27,schemaPath:"#/properties/check/properties/token_subjects/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.token_subjects.items.type,parentSchema:schema31.properties.check.properties.token_subjects.items,data:data155};
if(vErrors === null){
vErrors = [err398];
}
else {
vErrors.push(err398);
}
errors++;
}
}
let i28 = data154.length;
let j10;
if(i28 > 1){
const indices10 = {};
for(;i28--;){
let item10 = data154[i28];
if(typeof item10 !== "string"){
continue;
}
if(typeof indices10[item10] == "number"){
j10 = indices10[item10];
const err399 = {instancePath:instancePath+"/check/token_subjects",schemaPath:"#/properties/check/properties/token_subjects/uniqueItems",keyword:"uniqueItems",params:{i: i28, j: j10},message:"must NOT have duplicate items (items ## "+j10+" and "+i28+" are identical)",schema:true,parentSchema:schema31.properties.check.properties.token_subjects,data:data154};
if(vErrors === null){
vErrors = [err399];
}
else {
vErrors.push(err399);
}
errors++;
break;
}
indices10[item10] = i28;
}
}
}
else {
const err400 = {instancePath:instancePath+"/check/token_subjects",schemaPath:"#/properties/check/properties/token_subjects/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.check.properties.token_subjects.type,parentSchema:schema31.properties.check.properties.token_subjects,data:data154};
if(vErrors === null){
vErrors = [err400];
}
else {
vErrors.push(err400);
}
errors++;
}
}
if(data145.allow_unauthenticated !== undefined){
let data156 = data145.allow_unauthenticated;
if(typeof data156 !== "boolean"){
const err401 = {instancePath:instancePath+"/check/allow_unauthenticated",schemaPath:"#/properties/check/properties/allow_unauthenticated/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.check.properties.allow_unauthenticated.type,parentSchema:schema31.properties.check.properties.allow_unauthenticated,data:data156};
if(vErrors === null){
vErrors = [err401];
}
else {
vErrors.push(err401);
}
errors++;
}
}
if(data145.max_body_size !== undefined){
let data157 = data145.max_body_size;
if(typeof data157 === "string"){
if(!pattern6.test(data157)){
const err402 = {instancePath:instancePath+"/check/max_body_size",schemaPath:"#/properties/check/properties/max_body_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.check.properties.max_body_size,data:data157};
if(vErrors === null){
vErrors = [err402];
}
else {
vErrors.push(err402);
}
errors++;
}
}
else {
const err403 = {instancePath:instancePath+"/check/max_body_size",schemaPath:"#/properties/check/properties/max_body_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.max_body_size.type,parentSchema:schema31.properties.check.properties.max_body_size,data:data157};
if(vErrors === null){
vErrors = [err403];
}
else {
vErrors.push(err403);
}
errors++;
}
}
if(data145.max_json_depth !== undefined){
let data158 = data145.max_json_depth;
if(!(((typeof data158 == "number") && (!(data158 % 1) && !isNaN(data158))) && (isFinite(data158)))){
const err404 = {instancePath:instancePath+"/check/max_json_depth",schemaPath:"#/properties/check/properties/max_json_depth/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.check.properties.max_json_depth.type,parentSchema:schema31.properties.check.properties.max_json_depth,data:data158};
if(vErrors === null){
vErrors = [err404];
}
else {
vErrors.push(err404);
}
errors++;
}
if((typeof data158 == "number") && (isFinite(data158))){
if(data158 > 256 || isNaN(data158)){
const err405 = {instancePath:instancePath+"/check/max_json_depth",schemaPath:"#/properties/check/properties/max_json_depth/maximum",keyword:"maximum",params:{comparison: "<=", limit: 256},message:"must be <= 256",schema:256,parentSchema:schema31.properties.check.properties.max_json_depth,data:data158};
if(vErrors === null){
vErrors = [err405];
}
else {
vErrors.push(err405);
}
errors++;
}
if(data158 < 4 || isNaN(data158)){
const err406 = {instancePath:instancePath+"/check/max_json_depth",schemaPath:"#/properties/check/properties/max_json_depth/minimum",keyword:"minimum",params:{comparison: ">=", limit: 4},message:"must be >= 4",schema:4,parentSchema:schema31.properties.check.properties.max_json_depth,data:data158};
if(vErrors === null){
vErrors = [err406];
}
else {
vErrors.push(err406);
}
errors++;
}
}
}
if(data145.max_evaluations !== undefined){
let data159 = data145.max_evaluations;
if(!(((typeof data159 == "number") && (!(data159 % 1) && !isNaN(data159))) && (isFinite(data159)))){
const err407 = {instancePath:instancePath+"/check/max_evaluations",schemaPath:"#/properties/check/properties/max_evaluations/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.check.properties.max_evaluations.type,parentSchema:schema31.properties.check.properties.max_evaluations,data:data159};
if(vErrors === null){
vErrors = [err407];
}
else {
vErrors.push(err407);
}
errors++;
}
if((typeof data159 == "number") && (isFinite(data159))){
if(data159 > 100000 || isNaN(data159)){
const err408 = {instancePath:instancePath+"/check/max_evaluations",schemaPath:"#/properties/check/properties/max_evaluations/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema31.properties.check.properties.max_evaluations,data:data159};
if(vErrors === null){
vErrors = [err408];
}
else {
vErrors.push(err408);
}
errors++;
}
if(data159 < 1 || isNaN(data159)){
const err409 = {instancePath:instancePath+"/check/max_evaluations",schemaPath:"#/properties/check/properties/max_evaluations/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.check.properties.max_evaluations,data:data159};
if(vErrors === null){
vErrors = [err409];
}
else {
vErrors.push(err409);
}
errors++;
}
}
}
if(data145.complete_entities !== undefined){
let data160 = data145.complete_entities;
if(typeof data160 !== "boolean"){
const err410 = {instancePath:instancePath+"/check/complete_entities",schemaPath:"#/properties/check/properties/complete_entities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.check.properties.complete_entities.type,parentSchema:schema31.properties.check.properties.complete_entities,data:data160};
if(vErrors === null){
vErrors = [err410];
}
else {
vErrors.push(err410);
}
errors++;
}
}
}
else {
const err411 = {instancePath:instancePath+"/check",schemaPath:"#/properties/check/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.check.type,parentSchema:schema31.properties.check,data:data145};
if(vErrors === null){
vErrors = [err411];
}
else {
vErrors.push(err411);
}
errors++;
}
}
if(data.operations !== undefined){
let data161 = data.operations;
if(data161 && typeof data161 == "object" && !Array.isArray(data161)){
for(const key22 in data161){
if(!((key22 === "host") || (key22 === "port"))){
const err412 = {instancePath:instancePath+"/operations",schemaPath:"#/properties/operations/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key22},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.operations,data:data161};
if(vErrors === null){
vErrors = [err412];
}
else {
vErrors.push(err412);
}
errors++;
}
}
if(data161.host !== undefined){
let data162 = data161.host;
if(typeof data162 === "string"){
if(func3(data162) > 4096){
const err413 = {instancePath:instancePath+"/operations/host",schemaPath:"#/properties/operations/properties/host/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.operations.properties.host,data:data162};
if(vErrors === null){
vErrors = [err413];
}
else {
vErrors.push(err413);
}
errors++;
}
if(func3(data162) < 1){
const err414 = {instancePath:instancePath+"/operations/host",schemaPath:"#/properties/operations/properties/host/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.operations.properties.host,data:data162};
if(vErrors === null){
vErrors = [err414];
}
else {
vErrors.push(err414);
}
errors++;
}
}
else {
const err415 = {instancePath:instancePath+"/operations/host",schemaPath:"#/properties/operations/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.operations.properties.host.type,parentSchema:schema31.properties.operations.properties.host,data:data162};
if(vErrors === null){
vErrors = [err415];
}
else {
vErrors.push(err415);
}
errors++;
}
}
if(data161.port !== undefined){
let data163 = data161.port;
if(!(((typeof data163 == "number") && (!(data163 % 1) && !isNaN(data163))) && (isFinite(data163)))){
const err416 = {instancePath:instancePath+"/operations/port",schemaPath:"#/properties/operations/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.operations.properties.port.type,parentSchema:schema31.properties.operations.properties.port,data:data163};
if(vErrors === null){
vErrors = [err416];
}
else {
vErrors.push(err416);
}
errors++;
}
if((typeof data163 == "number") && (isFinite(data163))){
if(data163 > 65535 || isNaN(data163)){
const err417 = {instancePath:instancePath+"/operations/port",schemaPath:"#/properties/operations/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema31.properties.operations.properties.port,data:data163};
if(vErrors === null){
vErrors = [err417];
}
else {
vErrors.push(err417);
}
errors++;
}
if(data163 < 0 || isNaN(data163)){
const err418 = {instancePath:instancePath+"/operations/port",schemaPath:"#/properties/operations/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.operations.properties.port,data:data163};
if(vErrors === null){
vErrors = [err418];
}
else {
vErrors.push(err418);
}
errors++;
}
}
}
}
else {
const err419 = {instancePath:instancePath+"/operations",schemaPath:"#/properties/operations/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.operations.type,parentSchema:schema31.properties.operations,data:data161};
if(vErrors === null){
vErrors = [err419];
}
else {
vErrors.push(err419);
}
errors++;
}
}
if(data.records !== undefined){
let data164 = data.records;
if(data164 && typeof data164 == "object" && !Array.isArray(data164)){
for(const key23 in data164){
if(!((((key23 === "sink") || (key23 === "file")) || (key23 === "queue_capacity")) || (key23 === "flush_interval"))){
const err420 = {instancePath:instancePath+"/records",schemaPath:"#/properties/records/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key23},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.records,data:data164};
if(vErrors === null){
vErrors = [err420];
}
else {
vErrors.push(err420);
}
errors++;
}
}
if(data164.sink !== undefined){
let data165 = data164.sink;
if(typeof data165 !== "string"){
const err421 = {instancePath:instancePath+"/records/sink",schemaPath:"#/properties/records/properties/sink/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.records.properties.sink.type,parentSchema:schema31.properties.records.properties.sink,data:data165};
if(vErrors === null){
vErrors = [err421];
}
else {
vErrors.push(err421);
}
errors++;
}
if(!(((data165 === "stdout") || (data165 === "file")) || (data165 === "none"))){
const err422 = {instancePath:instancePath+"/records/sink",schemaPath:"#/properties/records/properties/sink/enum",keyword:"enum",params:{allowedValues: schema31.properties.records.properties.sink.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.records.properties.sink.enum,parentSchema:schema31.properties.records.properties.sink,data:data165};
if(vErrors === null){
vErrors = [err422];
}
else {
vErrors.push(err422);
}
errors++;
}
}
if(data164.file !== undefined){
let data166 = data164.file;
if(typeof data166 === "string"){
if(func3(data166) > 4096){
const err423 = {instancePath:instancePath+"/records/file",schemaPath:"#/properties/records/properties/file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.records.properties.file,data:data166};
if(vErrors === null){
vErrors = [err423];
}
else {
vErrors.push(err423);
}
errors++;
}
if(func3(data166) < 1){
const err424 = {instancePath:instancePath+"/records/file",schemaPath:"#/properties/records/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.records.properties.file,data:data166};
if(vErrors === null){
vErrors = [err424];
}
else {
vErrors.push(err424);
}
errors++;
}
}
else {
const err425 = {instancePath:instancePath+"/records/file",schemaPath:"#/properties/records/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.records.properties.file.type,parentSchema:schema31.properties.records.properties.file,data:data166};
if(vErrors === null){
vErrors = [err425];
}
else {
vErrors.push(err425);
}
errors++;
}
}
if(data164.queue_capacity !== undefined){
let data167 = data164.queue_capacity;
if(!(((typeof data167 == "number") && (!(data167 % 1) && !isNaN(data167))) && (isFinite(data167)))){
const err426 = {instancePath:instancePath+"/records/queue_capacity",schemaPath:"#/properties/records/properties/queue_capacity/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.records.properties.queue_capacity.type,parentSchema:schema31.properties.records.properties.queue_capacity,data:data167};
if(vErrors === null){
vErrors = [err426];
}
else {
vErrors.push(err426);
}
errors++;
}
if((typeof data167 == "number") && (isFinite(data167))){
if(data167 > 1048576 || isNaN(data167)){
const err427 = {instancePath:instancePath+"/records/queue_capacity",schemaPath:"#/properties/records/properties/queue_capacity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576",schema:1048576,parentSchema:schema31.properties.records.properties.queue_capacity,data:data167};
if(vErrors === null){
vErrors = [err427];
}
else {
vErrors.push(err427);
}
errors++;
}
if(data167 < 1024 || isNaN(data167)){
const err428 = {instancePath:instancePath+"/records/queue_capacity",schemaPath:"#/properties/records/properties/queue_capacity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1024},message:"must be >= 1024",schema:1024,parentSchema:schema31.properties.records.properties.queue_capacity,data:data167};
if(vErrors === null){
vErrors = [err428];
}
else {
vErrors.push(err428);
}
errors++;
}
}
}
if(data164.flush_interval !== undefined){
let data168 = data164.flush_interval;
if(typeof data168 === "string"){
if(!pattern5.test(data168)){
const err429 = {instancePath:instancePath+"/records/flush_interval",schemaPath:"#/properties/records/properties/flush_interval/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.records.properties.flush_interval,data:data168};
if(vErrors === null){
vErrors = [err429];
}
else {
vErrors.push(err429);
}
errors++;
}
}
else {
const err430 = {instancePath:instancePath+"/records/flush_interval",schemaPath:"#/properties/records/properties/flush_interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.records.properties.flush_interval.type,parentSchema:schema31.properties.records.properties.flush_interval,data:data168};
if(vErrors === null){
vErrors = [err430];
}
else {
vErrors.push(err430);
}
errors++;
}
}
}
else {
const err431 = {instancePath:instancePath+"/records",schemaPath:"#/properties/records/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.records.type,parentSchema:schema31.properties.records,data:data164};
if(vErrors === null){
vErrors = [err431];
}
else {
vErrors.push(err431);
}
errors++;
}
}
if(data.policies !== undefined){
let data169 = data.policies;
if(data169 && typeof data169 == "object" && !Array.isArray(data169)){
for(const key24 in data169){
if(!(((key24 === "dir") || (key24 === "settle")) || (key24 === "poll_interval"))){
const err432 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key24},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.policies,data:data169};
if(vErrors === null){
vErrors = [err432];
}
else {
vErrors.push(err432);
}
errors++;
}
}
if(data169.dir !== undefined){
let data170 = data169.dir;
if(typeof data170 === "string"){
if(func3(data170) > 4096){
const err433 = {instancePath:instancePath+"/policies/dir",schemaPath:"#/properties/policies/properties/dir/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.policies.properties.dir,data:data170};
if(vErrors === null){
vErrors = [err433];
}
else {
vErrors.push(err433);
}
errors++;
}
if(func3(data170) < 1){
const err434 = {instancePath:instancePath+"/policies/dir",schemaPath:"#/properties/policies/properties/dir/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.policies.properties.dir,data:data170};
if(vErrors === null){
vErrors = [err434];
}
else {
vErrors.push(err434);
}
errors++;
}
}
else {
const err435 = {instancePath:instancePath+"/policies/dir",schemaPath:"#/properties/policies/properties/dir/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.policies.properties.dir.type,parentSchema:schema31.properties.policies.properties.dir,data:data170};
if(vErrors === null){
vErrors = [err435];
}
else {
vErrors.push(err435);
}
errors++;
}
}
if(data169.settle !== undefined){
let data171 = data169.settle;
if(typeof data171 === "string"){
if(!pattern5.test(data171)){
const err436 = {instancePath:instancePath+"/policies/settle",schemaPath:"#/properties/policies/properties/settle/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.policies.properties.settle,data:data171};
if(vErrors === null){
vErrors = [err436];
}
else {
vErrors.push(err436);
}
errors++;
}
}
else {
const err437 = {instancePath:instancePath+"/policies/settle",schemaPath:"#/properties/policies/properties/settle/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.policies.properties.settle.type,parentSchema:schema31.properties.policies.properties.settle,data:data171};
if(vErrors === null){
vErrors = [err437];
}
else {
vErrors.push(err437);
}
errors++;
}
}
if(data169.poll_interval !== undefined){
let data172 = data169.poll_interval;
if(typeof data172 === "string"){
if(!pattern5.test(data172)){
const err438 = {instancePath:instancePath+"/policies/poll_interval",schemaPath:"#/properties/policies/properties/poll_interval/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.policies.properties.poll_interval,data:data172};
if(vErrors === null){
vErrors = [err438];
}
else {
vErrors.push(err438);
}
errors++;
}
}
else {
const err439 = {instancePath:instancePath+"/policies/poll_interval",schemaPath:"#/properties/policies/properties/poll_interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.policies.properties.poll_interval.type,parentSchema:schema31.properties.policies.properties.poll_interval,data:data172};
if(vErrors === null){
vErrors = [err439];
}
else {
vErrors.push(err439);
}
errors++;
}
}
}
else {
const err440 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.policies.type,parentSchema:schema31.properties.policies,data:data169};
if(vErrors === null){
vErrors = [err440];
}
else {
vErrors.push(err440);
}
errors++;
}
}
if(data.limits !== undefined){
let data173 = data.limits;
if(data173 && typeof data173 == "object" && !Array.isArray(data173)){
for(const key25 in data173){
if(!((((((((key25 === "address") || (key25 === "subject")) || (key25 === "client")) || (key25 === "caller")) || (key25 === "ipv4_prefix")) || (key25 === "ipv6_prefix")) || (key25 === "max_buckets")) || (key25 === "sync_interval"))){
const err441 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key25},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.limits,data:data173};
if(vErrors === null){
vErrors = [err441];
}
else {
vErrors.push(err441);
}
errors++;
}
}
if(data173.address !== undefined){
let data174 = data173.address;
if(typeof data174 === "string"){
if(!pattern50.test(data174)){
const err442 = {instancePath:instancePath+"/limits/address",schemaPath:"#/properties/limits/properties/address/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"},message:"must match pattern \""+"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"+"\"",schema:"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$",parentSchema:schema31.properties.limits.properties.address,data:data174};
if(vErrors === null){
vErrors = [err442];
}
else {
vErrors.push(err442);
}
errors++;
}
}
else {
const err443 = {instancePath:instancePath+"/limits/address",schemaPath:"#/properties/limits/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.limits.properties.address.type,parentSchema:schema31.properties.limits.properties.address,data:data174};
if(vErrors === null){
vErrors = [err443];
}
else {
vErrors.push(err443);
}
errors++;
}
}
if(data173.subject !== undefined){
let data175 = data173.subject;
if(typeof data175 === "string"){
if(!pattern50.test(data175)){
const err444 = {instancePath:instancePath+"/limits/subject",schemaPath:"#/properties/limits/properties/subject/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"},message:"must match pattern \""+"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"+"\"",schema:"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$",parentSchema:schema31.properties.limits.properties.subject,data:data175};
if(vErrors === null){
vErrors = [err444];
}
else {
vErrors.push(err444);
}
errors++;
}
}
else {
const err445 = {instancePath:instancePath+"/limits/subject",schemaPath:"#/properties/limits/properties/subject/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.limits.properties.subject.type,parentSchema:schema31.properties.limits.properties.subject,data:data175};
if(vErrors === null){
vErrors = [err445];
}
else {
vErrors.push(err445);
}
errors++;
}
}
if(data173.client !== undefined){
let data176 = data173.client;
if(typeof data176 === "string"){
if(!pattern50.test(data176)){
const err446 = {instancePath:instancePath+"/limits/client",schemaPath:"#/properties/limits/properties/client/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"},message:"must match pattern \""+"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"+"\"",schema:"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$",parentSchema:schema31.properties.limits.properties.client,data:data176};
if(vErrors === null){
vErrors = [err446];
}
else {
vErrors.push(err446);
}
errors++;
}
}
else {
const err447 = {instancePath:instancePath+"/limits/client",schemaPath:"#/properties/limits/properties/client/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.limits.properties.client.type,parentSchema:schema31.properties.limits.properties.client,data:data176};
if(vErrors === null){
vErrors = [err447];
}
else {
vErrors.push(err447);
}
errors++;
}
}
if(data173.caller !== undefined){
let data177 = data173.caller;
if(typeof data177 === "string"){
if(!pattern50.test(data177)){
const err448 = {instancePath:instancePath+"/limits/caller",schemaPath:"#/properties/limits/properties/caller/pattern",keyword:"pattern",params:{pattern: "^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"},message:"must match pattern \""+"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$"+"\"",schema:"^[1-9]\\d{0,8}/[smhd]( burst [1-9]\\d{0,8})?$",parentSchema:schema31.properties.limits.properties.caller,data:data177};
if(vErrors === null){
vErrors = [err448];
}
else {
vErrors.push(err448);
}
errors++;
}
}
else {
const err449 = {instancePath:instancePath+"/limits/caller",schemaPath:"#/properties/limits/properties/caller/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.limits.properties.caller.type,parentSchema:schema31.properties.limits.properties.caller,data:data177};
if(vErrors === null){
vErrors = [err449];
}
else {
vErrors.push(err449);
}
errors++;
}
}
if(data173.ipv4_prefix !== undefined){
let data178 = data173.ipv4_prefix;
if(!(((typeof data178 == "number") && (!(data178 % 1) && !isNaN(data178))) && (isFinite(data178)))){
const err450 = {instancePath:instancePath+"/limits/ipv4_prefix",schemaPath:"#/properties/limits/properties/ipv4_prefix/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.limits.properties.ipv4_prefix.type,parentSchema:schema31.properties.limits.properties.ipv4_prefix,data:data178};
if(vErrors === null){
vErrors = [err450];
}
else {
vErrors.push(err450);
}
errors++;
}
if((typeof data178 == "number") && (isFinite(data178))){
if(data178 > 32 || isNaN(data178)){
const err451 = {instancePath:instancePath+"/limits/ipv4_prefix",schemaPath:"#/properties/limits/properties/ipv4_prefix/maximum",keyword:"maximum",params:{comparison: "<=", limit: 32},message:"must be <= 32",schema:32,parentSchema:schema31.properties.limits.properties.ipv4_prefix,data:data178};
if(vErrors === null){
vErrors = [err451];
}
else {
vErrors.push(err451);
}
errors++;
}
if(data178 < 8 || isNaN(data178)){
const err452 = {instancePath:instancePath+"/limits/ipv4_prefix",schemaPath:"#/properties/limits/properties/ipv4_prefix/minimum",keyword:"minimum",params:{comparison: ">=", limit: 8},message:"must be >= 8",schema:8,parentSchema:schema31.properties.limits.properties.ipv4_prefix,data:data178};
if(vErrors === null){
vErrors = [err452];
}
else {
vErrors.push(err452);
}
errors++;
}
}
}
if(data173.ipv6_prefix !== undefined){
let data179 = data173.ipv6_prefix;
if(!(((typeof data179 == "number") && (!(data179 % 1) && !isNaN(data179))) && (isFinite(data179)))){
const err453 = {instancePath:instancePath+"/limits/ipv6_prefix",schemaPath:"#/properties/limits/properties/ipv6_prefix/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.limits.properties.ipv6_prefix.type,parentSchema:schema31.properties.limits.properties.ipv6_prefix,data:data179};
if(vErrors === null){
vErrors = [err453];
}
else {
vErrors.push(err453);
}
errors++;
}
if((typeof data179 == "number") && (isFinite(data179))){
if(data179 > 128 || isNaN(data179)){
const err454 = {instancePath:instancePath+"/limits/ipv6_prefix",schemaPath:"#/properties/limits/properties/ipv6_prefix/maximum",keyword:"maximum",params:{comparison: "<=", limit: 128},message:"must be <= 128",schema:128,parentSchema:schema31.properties.limits.properties.ipv6_prefix,data:data179};
if(vErrors === null){
vErrors = [err454];
}
else {
vErrors.push(err454);
}
errors++;
}
if(data179 < 16 || isNaN(data179)){
const err455 = {instancePath:instancePath+"/limits/ipv6_prefix",schemaPath:"#/properties/limits/properties/ipv6_prefix/minimum",keyword:"minimum",params:{comparison: ">=", limit: 16},message:"must be >= 16",schema:16,parentSchema:schema31.properties.limits.properties.ipv6_prefix,data:data179};
if(vErrors === null){
vErrors = [err455];
}
else {
vErrors.push(err455);
}
errors++;
}
}
}
if(data173.max_buckets !== undefined){
let data180 = data173.max_buckets;
if(!(((typeof data180 == "number") && (!(data180 % 1) && !isNaN(data180))) && (isFinite(data180)))){
const err456 = {instancePath:instancePath+"/limits/max_buckets",schemaPath:"#/properties/limits/properties/max_buckets/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.limits.properties.max_buckets.type,parentSchema:schema31.properties.limits.properties.max_buckets,data:data180};
if(vErrors === null){
vErrors = [err456];
}
else {
vErrors.push(err456);
}
errors++;
}
if((typeof data180 == "number") && (isFinite(data180))){
if(data180 > 10000000 || isNaN(data180)){
const err457 = {instancePath:instancePath+"/limits/max_buckets",schemaPath:"#/properties/limits/properties/max_buckets/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000000},message:"must be <= 10000000",schema:10000000,parentSchema:schema31.properties.limits.properties.max_buckets,data:data180};
if(vErrors === null){
vErrors = [err457];
}
else {
vErrors.push(err457);
}
errors++;
}
if(data180 < 1000 || isNaN(data180)){
const err458 = {instancePath:instancePath+"/limits/max_buckets",schemaPath:"#/properties/limits/properties/max_buckets/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1000},message:"must be >= 1000",schema:1000,parentSchema:schema31.properties.limits.properties.max_buckets,data:data180};
if(vErrors === null){
vErrors = [err458];
}
else {
vErrors.push(err458);
}
errors++;
}
}
}
if(data173.sync_interval !== undefined){
let data181 = data173.sync_interval;
if(typeof data181 === "string"){
if(!pattern5.test(data181)){
const err459 = {instancePath:instancePath+"/limits/sync_interval",schemaPath:"#/properties/limits/properties/sync_interval/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.limits.properties.sync_interval,data:data181};
if(vErrors === null){
vErrors = [err459];
}
else {
vErrors.push(err459);
}
errors++;
}
}
else {
const err460 = {instancePath:instancePath+"/limits/sync_interval",schemaPath:"#/properties/limits/properties/sync_interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.limits.properties.sync_interval.type,parentSchema:schema31.properties.limits.properties.sync_interval,data:data181};
if(vErrors === null){
vErrors = [err460];
}
else {
vErrors.push(err460);
}
errors++;
}
}
}
else {
const err461 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.limits.type,parentSchema:schema31.properties.limits,data:data173};
if(vErrors === null){
vErrors = [err461];
}
else {
vErrors.push(err461);
}
errors++;
}
}
if(data.redis !== undefined){
let data182 = data.redis;
if(data182 && typeof data182 == "object" && !Array.isArray(data182)){
for(const key26 in data182){
if(!(func1.call(schema31.properties.redis.properties, key26))){
const err462 = {instancePath:instancePath+"/redis",schemaPath:"#/properties/redis/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key26},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.redis,data:data182};
if(vErrors === null){
vErrors = [err462];
}
else {
vErrors.push(err462);
}
errors++;
}
}
if(data182.mode !== undefined){
let data183 = data182.mode;
if(typeof data183 !== "string"){
const err463 = {instancePath:instancePath+"/redis/mode",schemaPath:"#/properties/redis/properties/mode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.mode.type,parentSchema:schema31.properties.redis.properties.mode,data:data183};
if(vErrors === null){
vErrors = [err463];
}
else {
vErrors.push(err463);
}
errors++;
}
if(!(((data183 === "single") || (data183 === "sentinel")) || (data183 === "cluster"))){
const err464 = {instancePath:instancePath+"/redis/mode",schemaPath:"#/properties/redis/properties/mode/enum",keyword:"enum",params:{allowedValues: schema31.properties.redis.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.redis.properties.mode.enum,parentSchema:schema31.properties.redis.properties.mode,data:data183};
if(vErrors === null){
vErrors = [err464];
}
else {
vErrors.push(err464);
}
errors++;
}
}
if(data182.nodes !== undefined){
let data184 = data182.nodes;
if(Array.isArray(data184)){
if(data184.length > 100){
const err465 = {instancePath:instancePath+"/redis/nodes",schemaPath:"#/properties/redis/properties/nodes/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema31.properties.redis.properties.nodes,data:data184};
if(vErrors === null){
vErrors = [err465];
}
else {
vErrors.push(err465);
}
errors++;
}
const len18 = data184.length;
for(let i29=0; i29<len18; i29++){
let data185 = data184[i29];
if(typeof data185 === "string"){
if(func3(data185) > 260){
const err466 = {instancePath:instancePath+"/redis/nodes/" + i29,schemaPath:"#/properties/redis/properties/nodes/items/maxLength",keyword:"maxLength",params:{limit: 260},message:"must NOT have more than 260 characters",schema:260,parentSchema:schema31.properties.redis.properties.nodes.items,data:data185};
if(vErrors === null){
vErrors = [err466];
}
else {
vErrors.push(err466);
}
errors++;
}
if(func3(data185) < 3){
const err467 = {instancePath:instancePath+"/redis/nodes/" + i29,schemaPath:"#/properties/redis/properties/nodes/items/minLength",keyword:"minLength",params:{limit: 3},message:"must NOT have fewer than 3 characters",schema:3,parentSchema:schema31.properties.redis.properties.nodes.items,data:data185};
if(vErrors === null){
vErrors = [err467];
}
else {
vErrors.push(err467);
}
errors++;
}
}
else {
const err468 = {instancePath:instancePath+"/redis/nodes/" + i29,schemaPath:"#/properties/redis/properties/nodes/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.nodes.items.type,parentSchema:schema31.properties.redis.properties.nodes.items,data:data185};
if(vErrors === null){
vErrors = [err468];
}
else {
vErrors.push(err468);
}
errors++;
}
}
let i30 = data184.length;
let j11;
if(i30 > 1){
const indices11 = {};
for(;i30--;){
let item11 = data184[i30];
if(typeof item11 !== "string"){
continue;
}
if(typeof indices11[item11] == "number"){
j11 = indices11[item11];
const err469 = {instancePath:instancePath+"/redis/nodes",schemaPath:"#/properties/redis/properties/nodes/uniqueItems",keyword:"uniqueItems",params:{i: i30, j: j11},message:"must NOT have duplicate items (items ## "+j11+" and "+i30+" are identical)",schema:true,parentSchema:schema31.properties.redis.properties.nodes,data:data184};
if(vErrors === null){
vErrors = [err469];
}
else {
vErrors.push(err469);
}
errors++;
break;
}
indices11[item11] = i30;
}
}
}
else {
const err470 = {instancePath:instancePath+"/redis/nodes",schemaPath:"#/properties/redis/properties/nodes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.redis.properties.nodes.type,parentSchema:schema31.properties.redis.properties.nodes,data:data184};
if(vErrors === null){
vErrors = [err470];
}
else {
vErrors.push(err470);
}
errors++;
}
}
if(data182.socket !== undefined){
let data186 = data182.socket;
if(typeof data186 === "string"){
if(func3(data186) > 100){
const err471 = {instancePath:instancePath+"/redis/socket",schemaPath:"#/properties/redis/properties/socket/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters",schema:100,parentSchema:schema31.properties.redis.properties.socket,data:data186};
if(vErrors === null){
vErrors = [err471];
}
else {
vErrors.push(err471);
}
errors++;
}
if(func3(data186) < 1){
const err472 = {instancePath:instancePath+"/redis/socket",schemaPath:"#/properties/redis/properties/socket/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.socket,data:data186};
if(vErrors === null){
vErrors = [err472];
}
else {
vErrors.push(err472);
}
errors++;
}
}
else {
const err473 = {instancePath:instancePath+"/redis/socket",schemaPath:"#/properties/redis/properties/socket/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.socket.type,parentSchema:schema31.properties.redis.properties.socket,data:data186};
if(vErrors === null){
vErrors = [err473];
}
else {
vErrors.push(err473);
}
errors++;
}
}
if(data182.sentinel_name !== undefined){
let data187 = data182.sentinel_name;
if(typeof data187 === "string"){
if(func3(data187) > 256){
const err474 = {instancePath:instancePath+"/redis/sentinel_name",schemaPath:"#/properties/redis/properties/sentinel_name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema31.properties.redis.properties.sentinel_name,data:data187};
if(vErrors === null){
vErrors = [err474];
}
else {
vErrors.push(err474);
}
errors++;
}
if(func3(data187) < 1){
const err475 = {instancePath:instancePath+"/redis/sentinel_name",schemaPath:"#/properties/redis/properties/sentinel_name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.sentinel_name,data:data187};
if(vErrors === null){
vErrors = [err475];
}
else {
vErrors.push(err475);
}
errors++;
}
}
else {
const err476 = {instancePath:instancePath+"/redis/sentinel_name",schemaPath:"#/properties/redis/properties/sentinel_name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.sentinel_name.type,parentSchema:schema31.properties.redis.properties.sentinel_name,data:data187};
if(vErrors === null){
vErrors = [err476];
}
else {
vErrors.push(err476);
}
errors++;
}
}
if(data182.sentinel_username !== undefined){
let data188 = data182.sentinel_username;
if(typeof data188 === "string"){
if(func3(data188) > 256){
const err477 = {instancePath:instancePath+"/redis/sentinel_username",schemaPath:"#/properties/redis/properties/sentinel_username/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema31.properties.redis.properties.sentinel_username,data:data188};
if(vErrors === null){
vErrors = [err477];
}
else {
vErrors.push(err477);
}
errors++;
}
if(func3(data188) < 1){
const err478 = {instancePath:instancePath+"/redis/sentinel_username",schemaPath:"#/properties/redis/properties/sentinel_username/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.sentinel_username,data:data188};
if(vErrors === null){
vErrors = [err478];
}
else {
vErrors.push(err478);
}
errors++;
}
}
else {
const err479 = {instancePath:instancePath+"/redis/sentinel_username",schemaPath:"#/properties/redis/properties/sentinel_username/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.sentinel_username.type,parentSchema:schema31.properties.redis.properties.sentinel_username,data:data188};
if(vErrors === null){
vErrors = [err479];
}
else {
vErrors.push(err479);
}
errors++;
}
}
if(data182.sentinel_password_file !== undefined){
let data189 = data182.sentinel_password_file;
if(typeof data189 === "string"){
if(func3(data189) > 4096){
const err480 = {instancePath:instancePath+"/redis/sentinel_password_file",schemaPath:"#/properties/redis/properties/sentinel_password_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.redis.properties.sentinel_password_file,data:data189};
if(vErrors === null){
vErrors = [err480];
}
else {
vErrors.push(err480);
}
errors++;
}
if(func3(data189) < 1){
const err481 = {instancePath:instancePath+"/redis/sentinel_password_file",schemaPath:"#/properties/redis/properties/sentinel_password_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.sentinel_password_file,data:data189};
if(vErrors === null){
vErrors = [err481];
}
else {
vErrors.push(err481);
}
errors++;
}
}
else {
const err482 = {instancePath:instancePath+"/redis/sentinel_password_file",schemaPath:"#/properties/redis/properties/sentinel_password_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.sentinel_password_file.type,parentSchema:schema31.properties.redis.properties.sentinel_password_file,data:data189};
if(vErrors === null){
vErrors = [err482];
}
else {
vErrors.push(err482);
}
errors++;
}
}
if(data182.username !== undefined){
let data190 = data182.username;
if(typeof data190 === "string"){
if(func3(data190) > 256){
const err483 = {instancePath:instancePath+"/redis/username",schemaPath:"#/properties/redis/properties/username/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema31.properties.redis.properties.username,data:data190};
if(vErrors === null){
vErrors = [err483];
}
else {
vErrors.push(err483);
}
errors++;
}
if(func3(data190) < 1){
const err484 = {instancePath:instancePath+"/redis/username",schemaPath:"#/properties/redis/properties/username/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.username,data:data190};
if(vErrors === null){
vErrors = [err484];
}
else {
vErrors.push(err484);
}
errors++;
}
}
else {
const err485 = {instancePath:instancePath+"/redis/username",schemaPath:"#/properties/redis/properties/username/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.username.type,parentSchema:schema31.properties.redis.properties.username,data:data190};
if(vErrors === null){
vErrors = [err485];
}
else {
vErrors.push(err485);
}
errors++;
}
}
if(data182.password_file !== undefined){
let data191 = data182.password_file;
if(typeof data191 === "string"){
if(func3(data191) > 4096){
const err486 = {instancePath:instancePath+"/redis/password_file",schemaPath:"#/properties/redis/properties/password_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.redis.properties.password_file,data:data191};
if(vErrors === null){
vErrors = [err486];
}
else {
vErrors.push(err486);
}
errors++;
}
if(func3(data191) < 1){
const err487 = {instancePath:instancePath+"/redis/password_file",schemaPath:"#/properties/redis/properties/password_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.password_file,data:data191};
if(vErrors === null){
vErrors = [err487];
}
else {
vErrors.push(err487);
}
errors++;
}
}
else {
const err488 = {instancePath:instancePath+"/redis/password_file",schemaPath:"#/properties/redis/properties/password_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.password_file.type,parentSchema:schema31.properties.redis.properties.password_file,data:data191};
if(vErrors === null){
vErrors = [err488];
}
else {
vErrors.push(err488);
}
errors++;
}
}
if(data182.database !== undefined){
let data192 = data182.database;
if(!(((typeof data192 == "number") && (!(data192 % 1) && !isNaN(data192))) && (isFinite(data192)))){
const err489 = {instancePath:instancePath+"/redis/database",schemaPath:"#/properties/redis/properties/database/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.redis.properties.database.type,parentSchema:schema31.properties.redis.properties.database,data:data192};
if(vErrors === null){
vErrors = [err489];
}
else {
vErrors.push(err489);
}
errors++;
}
if((typeof data192 == "number") && (isFinite(data192))){
if(data192 > 1023 || isNaN(data192)){
const err490 = {instancePath:instancePath+"/redis/database",schemaPath:"#/properties/redis/properties/database/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1023},message:"must be <= 1023",schema:1023,parentSchema:schema31.properties.redis.properties.database,data:data192};
if(vErrors === null){
vErrors = [err490];
}
else {
vErrors.push(err490);
}
errors++;
}
if(data192 < 0 || isNaN(data192)){
const err491 = {instancePath:instancePath+"/redis/database",schemaPath:"#/properties/redis/properties/database/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.redis.properties.database,data:data192};
if(vErrors === null){
vErrors = [err491];
}
else {
vErrors.push(err491);
}
errors++;
}
}
}
if(data182.tls !== undefined){
let data193 = data182.tls;
if(typeof data193 !== "boolean"){
const err492 = {instancePath:instancePath+"/redis/tls",schemaPath:"#/properties/redis/properties/tls/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.redis.properties.tls.type,parentSchema:schema31.properties.redis.properties.tls,data:data193};
if(vErrors === null){
vErrors = [err492];
}
else {
vErrors.push(err492);
}
errors++;
}
}
if(data182.authorities !== undefined){
let data194 = data182.authorities;
if(typeof data194 === "string"){
if(func3(data194) > 4096){
const err493 = {instancePath:instancePath+"/redis/authorities",schemaPath:"#/properties/redis/properties/authorities/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.redis.properties.authorities,data:data194};
if(vErrors === null){
vErrors = [err493];
}
else {
vErrors.push(err493);
}
errors++;
}
if(func3(data194) < 1){
const err494 = {instancePath:instancePath+"/redis/authorities",schemaPath:"#/properties/redis/properties/authorities/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.authorities,data:data194};
if(vErrors === null){
vErrors = [err494];
}
else {
vErrors.push(err494);
}
errors++;
}
}
else {
const err495 = {instancePath:instancePath+"/redis/authorities",schemaPath:"#/properties/redis/properties/authorities/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.authorities.type,parentSchema:schema31.properties.redis.properties.authorities,data:data194};
if(vErrors === null){
vErrors = [err495];
}
else {
vErrors.push(err495);
}
errors++;
}
}
if(data182.certificate !== undefined){
let data195 = data182.certificate;
if(typeof data195 === "string"){
if(func3(data195) > 4096){
const err496 = {instancePath:instancePath+"/redis/certificate",schemaPath:"#/properties/redis/properties/certificate/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.redis.properties.certificate,data:data195};
if(vErrors === null){
vErrors = [err496];
}
else {
vErrors.push(err496);
}
errors++;
}
if(func3(data195) < 1){
const err497 = {instancePath:instancePath+"/redis/certificate",schemaPath:"#/properties/redis/properties/certificate/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.certificate,data:data195};
if(vErrors === null){
vErrors = [err497];
}
else {
vErrors.push(err497);
}
errors++;
}
}
else {
const err498 = {instancePath:instancePath+"/redis/certificate",schemaPath:"#/properties/redis/properties/certificate/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.certificate.type,parentSchema:schema31.properties.redis.properties.certificate,data:data195};
if(vErrors === null){
vErrors = [err498];
}
else {
vErrors.push(err498);
}
errors++;
}
}
if(data182.key !== undefined){
let data196 = data182.key;
if(typeof data196 === "string"){
if(func3(data196) > 4096){
const err499 = {instancePath:instancePath+"/redis/key",schemaPath:"#/properties/redis/properties/key/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.redis.properties.key,data:data196};
if(vErrors === null){
vErrors = [err499];
}
else {
vErrors.push(err499);
}
errors++;
}
if(func3(data196) < 1){
const err500 = {instancePath:instancePath+"/redis/key",schemaPath:"#/properties/redis/properties/key/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.key,data:data196};
if(vErrors === null){
vErrors = [err500];
}
else {
vErrors.push(err500);
}
errors++;
}
}
else {
const err501 = {instancePath:instancePath+"/redis/key",schemaPath:"#/properties/redis/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.key.type,parentSchema:schema31.properties.redis.properties.key,data:data196};
if(vErrors === null){
vErrors = [err501];
}
else {
vErrors.push(err501);
}
errors++;
}
}
if(data182.server_name !== undefined){
let data197 = data182.server_name;
if(typeof data197 === "string"){
if(func3(data197) > 253){
const err502 = {instancePath:instancePath+"/redis/server_name",schemaPath:"#/properties/redis/properties/server_name/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema31.properties.redis.properties.server_name,data:data197};
if(vErrors === null){
vErrors = [err502];
}
else {
vErrors.push(err502);
}
errors++;
}
if(func3(data197) < 1){
const err503 = {instancePath:instancePath+"/redis/server_name",schemaPath:"#/properties/redis/properties/server_name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.server_name,data:data197};
if(vErrors === null){
vErrors = [err503];
}
else {
vErrors.push(err503);
}
errors++;
}
}
else {
const err504 = {instancePath:instancePath+"/redis/server_name",schemaPath:"#/properties/redis/properties/server_name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.server_name.type,parentSchema:schema31.properties.redis.properties.server_name,data:data197};
if(vErrors === null){
vErrors = [err504];
}
else {
vErrors.push(err504);
}
errors++;
}
}
if(data182.seal_keys_file !== undefined){
let data198 = data182.seal_keys_file;
if(typeof data198 === "string"){
if(func3(data198) > 4096){
const err505 = {instancePath:instancePath+"/redis/seal_keys_file",schemaPath:"#/properties/redis/properties/seal_keys_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.redis.properties.seal_keys_file,data:data198};
if(vErrors === null){
vErrors = [err505];
}
else {
vErrors.push(err505);
}
errors++;
}
if(func3(data198) < 1){
const err506 = {instancePath:instancePath+"/redis/seal_keys_file",schemaPath:"#/properties/redis/properties/seal_keys_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.redis.properties.seal_keys_file,data:data198};
if(vErrors === null){
vErrors = [err506];
}
else {
vErrors.push(err506);
}
errors++;
}
}
else {
const err507 = {instancePath:instancePath+"/redis/seal_keys_file",schemaPath:"#/properties/redis/properties/seal_keys_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.seal_keys_file.type,parentSchema:schema31.properties.redis.properties.seal_keys_file,data:data198};
if(vErrors === null){
vErrors = [err507];
}
else {
vErrors.push(err507);
}
errors++;
}
}
if(data182.namespace !== undefined){
let data199 = data182.namespace;
if(typeof data199 === "string"){
if(!pattern55.test(data199)){
const err508 = {instancePath:instancePath+"/redis/namespace",schemaPath:"#/properties/redis/properties/namespace/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_.-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9_.-]{1,64}$"+"\"",schema:"^[A-Za-z0-9_.-]{1,64}$",parentSchema:schema31.properties.redis.properties.namespace,data:data199};
if(vErrors === null){
vErrors = [err508];
}
else {
vErrors.push(err508);
}
errors++;
}
}
else {
const err509 = {instancePath:instancePath+"/redis/namespace",schemaPath:"#/properties/redis/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.namespace.type,parentSchema:schema31.properties.redis.properties.namespace,data:data199};
if(vErrors === null){
vErrors = [err509];
}
else {
vErrors.push(err509);
}
errors++;
}
}
if(data182.timeout !== undefined){
let data200 = data182.timeout;
if(typeof data200 === "string"){
if(!pattern5.test(data200)){
const err510 = {instancePath:instancePath+"/redis/timeout",schemaPath:"#/properties/redis/properties/timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.redis.properties.timeout,data:data200};
if(vErrors === null){
vErrors = [err510];
}
else {
vErrors.push(err510);
}
errors++;
}
}
else {
const err511 = {instancePath:instancePath+"/redis/timeout",schemaPath:"#/properties/redis/properties/timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.timeout.type,parentSchema:schema31.properties.redis.properties.timeout,data:data200};
if(vErrors === null){
vErrors = [err511];
}
else {
vErrors.push(err511);
}
errors++;
}
}
if(data182.connect_timeout !== undefined){
let data201 = data182.connect_timeout;
if(typeof data201 === "string"){
if(!pattern5.test(data201)){
const err512 = {instancePath:instancePath+"/redis/connect_timeout",schemaPath:"#/properties/redis/properties/connect_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.redis.properties.connect_timeout,data:data201};
if(vErrors === null){
vErrors = [err512];
}
else {
vErrors.push(err512);
}
errors++;
}
}
else {
const err513 = {instancePath:instancePath+"/redis/connect_timeout",schemaPath:"#/properties/redis/properties/connect_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.connect_timeout.type,parentSchema:schema31.properties.redis.properties.connect_timeout,data:data201};
if(vErrors === null){
vErrors = [err513];
}
else {
vErrors.push(err513);
}
errors++;
}
}
if(data182.max_in_flight !== undefined){
let data202 = data182.max_in_flight;
if(!(((typeof data202 == "number") && (!(data202 % 1) && !isNaN(data202))) && (isFinite(data202)))){
const err514 = {instancePath:instancePath+"/redis/max_in_flight",schemaPath:"#/properties/redis/properties/max_in_flight/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.redis.properties.max_in_flight.type,parentSchema:schema31.properties.redis.properties.max_in_flight,data:data202};
if(vErrors === null){
vErrors = [err514];
}
else {
vErrors.push(err514);
}
errors++;
}
if((typeof data202 == "number") && (isFinite(data202))){
if(data202 > 100000 || isNaN(data202)){
const err515 = {instancePath:instancePath+"/redis/max_in_flight",schemaPath:"#/properties/redis/properties/max_in_flight/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema31.properties.redis.properties.max_in_flight,data:data202};
if(vErrors === null){
vErrors = [err515];
}
else {
vErrors.push(err515);
}
errors++;
}
if(data202 < 1 || isNaN(data202)){
const err516 = {instancePath:instancePath+"/redis/max_in_flight",schemaPath:"#/properties/redis/properties/max_in_flight/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.redis.properties.max_in_flight,data:data202};
if(vErrors === null){
vErrors = [err516];
}
else {
vErrors.push(err516);
}
errors++;
}
}
}
if(data182.max_value_size !== undefined){
let data203 = data182.max_value_size;
if(typeof data203 === "string"){
if(!pattern6.test(data203)){
const err517 = {instancePath:instancePath+"/redis/max_value_size",schemaPath:"#/properties/redis/properties/max_value_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.redis.properties.max_value_size,data:data203};
if(vErrors === null){
vErrors = [err517];
}
else {
vErrors.push(err517);
}
errors++;
}
}
else {
const err518 = {instancePath:instancePath+"/redis/max_value_size",schemaPath:"#/properties/redis/properties/max_value_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.max_value_size.type,parentSchema:schema31.properties.redis.properties.max_value_size,data:data203};
if(vErrors === null){
vErrors = [err518];
}
else {
vErrors.push(err518);
}
errors++;
}
}
if(data182.lease_wait !== undefined){
let data204 = data182.lease_wait;
if(typeof data204 === "string"){
if(!pattern5.test(data204)){
const err519 = {instancePath:instancePath+"/redis/lease_wait",schemaPath:"#/properties/redis/properties/lease_wait/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.redis.properties.lease_wait,data:data204};
if(vErrors === null){
vErrors = [err519];
}
else {
vErrors.push(err519);
}
errors++;
}
}
else {
const err520 = {instancePath:instancePath+"/redis/lease_wait",schemaPath:"#/properties/redis/properties/lease_wait/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.lease_wait.type,parentSchema:schema31.properties.redis.properties.lease_wait,data:data204};
if(vErrors === null){
vErrors = [err520];
}
else {
vErrors.push(err520);
}
errors++;
}
}
if(data182.local_max_age !== undefined){
let data205 = data182.local_max_age;
if(typeof data205 === "string"){
if(!pattern5.test(data205)){
const err521 = {instancePath:instancePath+"/redis/local_max_age",schemaPath:"#/properties/redis/properties/local_max_age/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.redis.properties.local_max_age,data:data205};
if(vErrors === null){
vErrors = [err521];
}
else {
vErrors.push(err521);
}
errors++;
}
}
else {
const err522 = {instancePath:instancePath+"/redis/local_max_age",schemaPath:"#/properties/redis/properties/local_max_age/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.redis.properties.local_max_age.type,parentSchema:schema31.properties.redis.properties.local_max_age,data:data205};
if(vErrors === null){
vErrors = [err522];
}
else {
vErrors.push(err522);
}
errors++;
}
}
if(data182.local_entries !== undefined){
let data206 = data182.local_entries;
if(!(((typeof data206 == "number") && (!(data206 % 1) && !isNaN(data206))) && (isFinite(data206)))){
const err523 = {instancePath:instancePath+"/redis/local_entries",schemaPath:"#/properties/redis/properties/local_entries/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.redis.properties.local_entries.type,parentSchema:schema31.properties.redis.properties.local_entries,data:data206};
if(vErrors === null){
vErrors = [err523];
}
else {
vErrors.push(err523);
}
errors++;
}
if((typeof data206 == "number") && (isFinite(data206))){
if(data206 > 1000000 || isNaN(data206)){
const err524 = {instancePath:instancePath+"/redis/local_entries",schemaPath:"#/properties/redis/properties/local_entries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema31.properties.redis.properties.local_entries,data:data206};
if(vErrors === null){
vErrors = [err524];
}
else {
vErrors.push(err524);
}
errors++;
}
if(data206 < 1 || isNaN(data206)){
const err525 = {instancePath:instancePath+"/redis/local_entries",schemaPath:"#/properties/redis/properties/local_entries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.redis.properties.local_entries,data:data206};
if(vErrors === null){
vErrors = [err525];
}
else {
vErrors.push(err525);
}
errors++;
}
}
}
}
else {
const err526 = {instancePath:instancePath+"/redis",schemaPath:"#/properties/redis/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.redis.type,parentSchema:schema31.properties.redis,data:data182};
if(vErrors === null){
vErrors = [err526];
}
else {
vErrors.push(err526);
}
errors++;
}
}
if(data.log !== undefined){
let data207 = data.log;
if(data207 && typeof data207 == "object" && !Array.isArray(data207)){
for(const key27 in data207){
if(!(key27 === "level")){
const err527 = {instancePath:instancePath+"/log",schemaPath:"#/properties/log/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key27},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.log,data:data207};
if(vErrors === null){
vErrors = [err527];
}
else {
vErrors.push(err527);
}
errors++;
}
}
if(data207.level !== undefined){
let data208 = data207.level;
if(typeof data208 !== "string"){
const err528 = {instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.log.properties.level.type,parentSchema:schema31.properties.log.properties.level,data:data208};
if(vErrors === null){
vErrors = [err528];
}
else {
vErrors.push(err528);
}
errors++;
}
if(!(((((data208 === "debug") || (data208 === "info")) || (data208 === "warn")) || (data208 === "error")) || (data208 === "silent"))){
const err529 = {instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/enum",keyword:"enum",params:{allowedValues: schema31.properties.log.properties.level.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.log.properties.level.enum,parentSchema:schema31.properties.log.properties.level,data:data208};
if(vErrors === null){
vErrors = [err529];
}
else {
vErrors.push(err529);
}
errors++;
}
}
}
else {
const err530 = {instancePath:instancePath+"/log",schemaPath:"#/properties/log/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.log.type,parentSchema:schema31.properties.log,data:data207};
if(vErrors === null){
vErrors = [err530];
}
else {
vErrors.push(err530);
}
errors++;
}
}
}
else {
const err531 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err531];
}
else {
vErrors.push(err531);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
