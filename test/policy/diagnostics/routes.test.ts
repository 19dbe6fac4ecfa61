import { describe, expect, it } from 'vitest'
import { diagnose, soundFiles } from '../samples.ts'

describe('what is said about routes', () => {
  it('an unknown resource', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expens }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:41 error unknown-resource: unknown resource "expens" [did you mean "expense"?]"`,
    )
  })

  it('an unknown action', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: vew, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:25 error unknown-action: unknown action "vew" of resource "expense" [did you mean "view"?]"`,
    )
  })

  it('missing keys', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.test
              paths:
                GET /x: { action: view }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:2:5 error missing-key: entry 1 of "routes" has no "upstream" [where permitted requests go, such as http://127.0.0.1:9500]
      routes.yaml:4:7 error missing-key: "GET /x" has no "resource" [the type of resource it is about]"
    `)
  })

  it('no method', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 error malformed-route: the route has no method [write it before the path, as in "GET /x"]"`,
    )
  })

  it('an unknown method', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GTE /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 error malformed-route: unknown method "GTE" [did you mean "GET"?]"`,
    )
  })

  it('a lower-case method', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                get /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 error malformed-route: unknown method "get" [did you mean "GET"?]"`,
    )
  })

  it('a method that is never forwarded', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                CONNECT /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`"routes.yaml:4:7 error malformed-route: CONNECT is never forwarded"`)
  })

  it('no path', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:10 error malformed-route: the route has no path [write it after the method]"`,
    )
  })

  it('a path without its slash', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:11 error malformed-route: the path must start with "/""`,
    )
  })

  it('a trailing slash', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x/: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:14 error malformed-route: the path ends with "/" [remove it, or end with a tail such as "{rest...}"]"`,
    )
  })

  it('an empty segment', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x//y: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:14 error malformed-route: the path has an empty segment [remove the second "/"]"`,
    )
  })

  it('a dot segment', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x/../y: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:14 error malformed-route: the segment ".." never stands in a normalised path"`,
    )
  })

  it('percent-encoding', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x%2Fy/a: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:12 error malformed-route: percent-encoding is not used in paths [write the character itself]"`,
    )
  })

  it('a parameter within a segment', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x-{id}: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:12 error malformed-route: a parameter takes a whole segment [write "{name}" between two slashes]"`,
    )
  })

  it('a parameter that is no name', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{a-b}/{}/{1}": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:4:13 error malformed-route: "a-b" is not a parameter name (letters, digits and "_", not starting with a digit)
      routes.yaml:4:19 error malformed-route: "" is not a parameter name (letters, digits and "_", not starting with a digit)
      routes.yaml:4:22 error malformed-route: "1" is not a parameter name (letters, digits and "_", not starting with a digit)"
    `)
  })

  it('a parameter no expression could read', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{in}": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:13 error malformed-route: "in" is a word of CEL: no expression could read path.in [choose another name]"`,
    )
  })

  it('a parameter named twice', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}/x/{id}": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:20 error malformed-route: the parameter "id" is named twice"`,
    )
  })

  it('a tail that is not last', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{rest...}/x": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:13 error malformed-route: the tail "{rest...}" must be the last segment"`,
    )
  })

  it('parameters in the style of others', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /:id/*/**": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:4:13 error malformed-route: ":id" is not a parameter [write "{name}" or "{rest...}"]
      routes.yaml:4:17 error malformed-route: "*" is not a parameter [write "{name}" or "{rest...}"]
      routes.yaml:4:19 error malformed-route: "**" is not a parameter [write "{name}" or "{rest...}"]"
    `)
  })

  it('characters no path has', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /a b": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`"routes.yaml:4:13 error malformed-route: " " cannot stand in a path"`)
  })

  it('characters that other programs cut paths at', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /a;b": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`"routes.yaml:4:13 error malformed-route: ";" cannot stand in a path"`)
  })

  it('a path of the gateway itself', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /.well-known/sallyport/x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 error reserved-path: paths below /.well-known/sallyport/ are answered by the gateway itself [choose another path]"`,
    )
  })

  it('two routes for the same requests', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /x/{id}": { action: view, resource: expense }
                "GET  /x/{name}": { action: approve, resource: expense }
            - upstream: http://127.0.0.1:9501
              paths:
                "GET /x/{other}": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:5:7 error route-conflict: route "GET  /x/{name}" matches the same requests as "GET /x/{id}" at routes.yaml:4:7 [keep one of them]
      routes.yaml:8:7 error route-conflict: route "GET /x/{other}" matches the same requests as "GET /x/{id}" at routes.yaml:4:7 [keep one of them]"
    `)
  })

  it('an id of the wrong type', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, id: int(path.id) }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:59 error wrong-type: "id" must be string, not int [write string(int(path.id))]"`,
    )
  })

  it('an id that reads an unknown parameter', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, id: path.name }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:59 error expression: unknown attribute "path.name" [declared attributes: "id"]"`,
    )
  })

  it('an id that reads the subject', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, id: subject.id }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:59 error expression: unknown name "subject" [known names: "path", "query", "request"]"`,
    )
  })

  it('an attribute nobody declared', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, attributes: { ownr: path.id } }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:69 error unknown-attribute: resource "expense" declares no attribute "ownr" [did you mean "owner"?]"`,
    )
  })

  it('an attribute of a resource that declares none', () => {
    expect(
      diagnose({
        ...soundFiles,
        'a.yaml': `
          resource: a
          actions: [b]
          rules: [{ id: r, permit: [b] }]
        `,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: b, resource: a, attributes: { owner: path.id } }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:60 error unknown-attribute: resource "a" declares no attribute "owner" [declare it under "attributes" of resource "a"]"`,
    )
  })

  it('an attribute of the wrong type', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, attributes: { owner: path.id, amount: path.id, files: "[1]" } }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:4:93 error wrong-type: attribute "amount" must be double, not string [write double(path.id)]
      routes.yaml:4:109 error wrong-type: attribute "files" must be list<string>, not list<int>"
    `)
  })
})

describe('what is said about hosts and upstreams', () => {
  it('an upstream with no URL', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: localhost:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "localhost:9500" is not a URL [write scheme, host and port, as in "http://127.0.0.1:9500"]"`,
    )
  })

  it('an upstream with another scheme', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: ftp://a.test
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "ftp://a.test" has the scheme "ftp" [use "http", "https" or "unix"]"`,
    )
  })

  it('an upstream with a password', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://u:p@a.test
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream contains a user name or password [remove what stands before "@"]"`,
    )
  })

  it('an upstream with a path', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://a.test/api
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://a.test/api" has a path [write "http://a.test"]"`,
    )
  })

  it('an upstream with a lone slash', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://a.test/
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://a.test/" has a path [write "http://a.test"]"`,
    )
  })

  it('an upstream with a query', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://a.test?x=1
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://a.test?x=1" has a query [write "http://a.test"]"`,
    )
  })

  it('an upstream with a fragment', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: "http://a.test#x"
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://a.test#x" has a fragment [write "http://a.test"]"`,
    )
  })

  it('an upstream with backslashes', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http:\\\\a.test
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http:\\\\a.test" is not written as an origin [write "http://a.test"]"`,
    )
  })

  it('an upstream with a number for an address', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://0x7f.1:80
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://0x7f.1:80" is not written as an origin [write "http://127.0.0.1"]"`,
    )
  })

  it('an upstream with spaces around it', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: " http://a.test"
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream " http://a.test" is not a URL [write scheme, host and port, as in "http://127.0.0.1:9500"]"`,
    )
  })

  it('a host with a scheme', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: http://a.test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "http://a.test" has a scheme [write the host name alone]"`,
    )
  })

  it('a host with a port', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.test:8080
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a.test:8080" has a port [routes hold for every port: remove it]"`,
    )
  })

  it('a host with a path', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.test/x
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a.test/x" has a path [paths belong under "paths"]"`,
    )
  })

  it('a host with upper case', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: A.test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "A.test" is not lower case [write "a.test"]"`,
    )
  })

  it('a host with a trailing dot', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.test.
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a.test." ends with a dot [write "a.test"]"`,
    )
  })

  it('a host with an asterisk in the middle', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.*.test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a.*.test" has a "*" that stands for part of a name [write "*." before the name]"`,
    )
  })

  it('a host with a bare asterisk', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: "*"
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "*" has a "*" that stands for part of a name [write "*." before the name]"`,
    )
  })

  it('a host with odd characters', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a_b!.test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a_b!.test" is not a host name [internationalised names are written in their "xn--" form]"`,
    )
  })

  it('a host with an empty label', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a..test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a..test" is not a host name [internationalised names are written in their "xn--" form]"`,
    )
  })

  it('a host with an address that is not canonical', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: "[::0001]"
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "[::0001]" is not canonical [write "[::1]"]"`,
    )
  })
})
