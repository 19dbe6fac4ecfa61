import { hiddenRequest } from './draft.ts'

const host = 'Host: app.test\r\n'
const rights = 'Authorization: Bearer alice\r\n'

function get(fields: string, rest = ''): (id: string) => string {
  return (id) => `GET /files/${id}-0 HTTP/1.1\r\n${host}${rights}${fields}\r\n${rest}`
}

function post(fields: string, rest: string): (id: string) => string {
  return (id) =>
    `POST /files/${id}-0 HTTP/1.1\r\n${host}${rights}${fields}\r\n${rest.replaceAll('HIDDEN', hiddenRequest(id))}`
}

const chunkedField = 'Transfer-Encoding: chunked\r\n'

/** Faults that real servers and proxies had, by what they did wrong. */
export const knownRequests: readonly (readonly [string, (id: string) => string])[] = [
  ['a size cut at an underscore', post(chunkedField, '0_2e\r\n\r\nHIDDEN0\r\n\r\n')],
  ['a size cut at its first other letter', post(chunkedField, '1these\r\nZ\r\n0\r\n\r\n')],
  ['a signed size', post(chunkedField, '+3\r\nabc\r\n0\r\n\r\nHIDDEN')],
  ['a signed hexadecimal size', post(chunkedField, '-0x0\r\n\r\nHIDDEN')],
  ['no size at all', post(chunkedField, '\r\n\r\nHIDDEN')],
  ['spaces before a size', post(chunkedField, '           0\r\n\r\nHIDDEN')],
  ['a size no number', post(chunkedField, 'INVALID!!!\r\nHIDDEN')],
  ['a CR within an extension', post(chunkedField, '5\r\r;ABCD\r\n34\r\nE\r\n0\r\n\r\nHIDDEN')],
  [
    'a CR before an extension',
    post(chunkedField, '2\r\r;a\r\n02\r\n41\r\n0\r\n\r\nHIDDEN0\r\n\r\n'),
  ],
  ['CRs at the end of an extension', post(chunkedField, '41;a=b\r\rX\r\n0\r\n\r\nHIDDEN')],
  ['a chunk ended by LF', post(chunkedField, 'a\r\n0123456789\n0\r\n\r\nHIDDEN')],
  ['a chunk ended by two other octets', post(chunkedField, '1\r\nZXX0\r\n\r\nHIDDEN')],
  ['a last chunk followed by two other octets', post(chunkedField, '0\r\nX:HIDDEN')],
  ['an empty line before the last chunk', post(chunkedField, '3\r\nabc\r\n\r\n0\r\n\r\nHIDDEN')],
  ['a size line of CR and digit', post(chunkedField, '1\r0\n')],
  ['an octet after the last chunk', post(chunkedField, '0\r\n\r\n\0')],
  ['the coding twice', post(chunkedField + chunkedField, '1\r\nZ\r\n0\r\n\r\n')],
  ['an empty member before the coding', post('Transfer-Encoding: ,chunked\r\n', '0\r\n\r\nHIDDEN')],
  [
    'an empty member and a length',
    post('Transfer-Encoding: ,chunked\r\nContent-Length: 5\r\n', '0\r\n\r\nHIDDEN'),
  ],
  [
    'a no-break space around the coding',
    post('Transfer-Encoding: \xa0chunked\xa0\r\n', '0\r\n\r\nHIDDEN'),
  ],
  [
    'octets beyond ASCII around the coding',
    post('Transfer-Encoding: \xffchunked\xff\r\n', '1\r\nZ\r\n0\r\n\r\n'),
  ],
  ['an unknown coding', post('Transfer-Encoding: blegh\r\n', '1\r\nZ\r\n0\r\n\r\n')],
  [
    'a name across two lines',
    post('Transfer-\r\nEncoding: chunked\r\nContent-Length: 5\r\n', '0\r\n\r\n'),
  ],
  ['an empty length', get('Content-Length: \r\n', 'GET')],
  [
    'an empty length before a real one',
    post('Content-Length: \r\nContent-Length: 9\r\n', 'HIDDEN'),
  ],
  ['a signed length with an underscore', post('Content-Length: +1_0\r\n', '0123456789')],
  ['a hexadecimal length', post('Content-Length: 0x10\r\n', 'Z')],
  ['an octal length', post('Content-Length: 010\r\n', '01234567')],
  ['a length cut at a letter', post('Content-Length: 1Z\r\n', 'Z')],
  ['a negative length', get('Content-Length: -48\r\n')],
  ['two lengths, the first longer', post('Content-Length: 1\r\nContent-Length: 0\r\n', 'Z')],
  ['two lengths, the last longer', post('Content-Length: 0\r\nContent-Length: 31\r\n', 'HIDDEN')],
  ['a length without colon', post('Content-Length 10\r\n', '0123456789')],
  ['a space before the colon of a length', post('Content-Length : 34\r\n', 'HIDDEN')],
  ['an octet before the colon of a length', post('Content-Length\x85: 10\r\n', '0123456789')],
  ['a body on GET', get('Content-Length: 10\r\n', '1234567890')],
  ['length and coding', post(`Content-Length: 5\r\n${chunkedField}`, '0\r\n\r\nHIDDEN')],
  [
    'a tab before the first name',
    (id) => `GET /files/${id}-0 HTTP/1.1\r\n\tContent-Length: 1\r\n${host}${rights}\r\nX`,
  ],
  ['a field without name', get(': ignored\r\n')],
  ['nothing but a colon', get(':\r\nI: am chopped off\r\n')],
  [
    'LF after a colon',
    (id) => `GET /files/${id}-0 HTTP/1.1\r\n${host}${rights}Useless:\n\n${hiddenRequest(id)}`,
  ],
  [
    'a CR and another octet at the end of the header',
    (id) => `GET /files/${id}-0 HTTP/1.1\r\n${host}${rights}\r\n\rZ${hiddenRequest(id)}`,
  ],
  [
    'a CR and another octet instead of the end',
    (id) => `GET /files/${id}-0 HTTP/1.1\r\n${host}${rights}\rZ${hiddenRequest(id)}`,
  ],
  ['NUL and CR in a value', get('Header: v\0\ralue\r\n')],
  ['NUL at the end of a value', get('Evil: evil\0\r\n')],
  [
    'NUL in Host',
    (id) => `GET /files/${id}-0 HTTP/1.1\r\nHost: app.test\0.evil.test\r\n${rights}\r\n`,
  ],
  ['a CR that begins another field', get('Visible: :/\rSmuggled: :)\r\n')],
  ['a field of NUL', get('a: b\r\nc\0\r\n')],
  ['a LF in a name', get('Te\nst: test\r\n')],
  ['octets beyond ASCII in a name', get('\xeffoo: bar\r\n')],
  ['control characters in a name', get('\x01\x02\x1f"(),/;<=>?@[/]{}: x\r\n')],
  ['octets beyond ASCII around a value', get('User: \x85admin\xa0\r\n')],
  [
    'LF instead of CR LF',
    (id) => `GET /files/${id}-0 HTTP/1.1\nHost: app.test\nAuthorization: Bearer alice\n\n`,
  ],
  ['LF before the version', (id) => `GET /files/${id}-0\nHTTP/1.1\r\n${host}${rights}\r\n`],
  ['CR before the version', (id) => `GET /files/${id}-0 HTTP/\r\r1.1\r\n${host}${rights}\r\n`],
  ['a version of three digits', (id) => `GET /files/${id}-0 HTTP/1.32\r\n${host}${rights}\r\n`],
  [
    'a version that overflows',
    (id) => `GET /files/${id}-0 HTTP/4294967295.255\r\n${host}${rights}\r\n`,
  ],
  [
    'a version of dots',
    (id) => `GET /files/${id}-0 HTTP/............0596.7407.\r\n${host}${rights}\r\n`,
  ],
  [
    'a method cut at a separator',
    (id) => `G=":<>(e),[T];?" /files/${id}-0 HTTP/1.1\r\n${host}${rights}\r\n`,
  ],
  ['a method of NUL', (id) => `\0 /files/${id}-0 HTTP/1.1\r\n${host}${rights}\r\n`],
  ['a target that is no path', () => `GET ! HTTP/1.1\r\n${host}${rights}\r\n`],
  ['garbage after the last request', get('Connection: close\r\n', 'Invalid\r\n\r\n')],
  [
    'a request after an empty body',
    post('Content-Length: 0\r\nConnection: keep-alive\r\n', 'HIDDEN'),
  ],
  ['HTTP/0.9', (id) => `GET /files/${id}-0\r\n`],
  ['HTTP/2.0', (id) => `GET /files/${id}-0 HTTP/2.0\r\n${host}${rights}\r\n`],
  ['the preface of HTTP/2', (id) => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hiddenRequest(id)}`],
]
