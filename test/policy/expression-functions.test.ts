import { describe, expect, it } from 'vitest'
import { evaluate, failure } from './expression-samples.ts'

const attributes = {
  subject: { roles: ['reader', 'writer'], level: 3, nothing: null, profile: { team: 'blue' } },
  resource: { path: '/docs/2026/plan.md', tags: ['a', 'b', 'a'], numbers: [3, 1, 2], none: [] },
  context: { client_ip: '10.1.2.3', agent: 'app/1.2.3' },
}

function yields(rows: readonly (readonly [text: string, wanted: unknown])[]): void {
  it.each(rows)('%s', (text, wanted) => {
    expect(evaluate(text, attributes)).toEqual(wanted)
  })
}

describe('addresses and networks', () => {
  yields([
    ['cidr("10.0.0.0/8").containsIP(context.client_ip)', true],
    ['cidr("10.0.0.0/8").containsIP(ip(context.client_ip))', true],
    ['cidr("10.1.2.3/32").containsIP(context.client_ip)', true],
    ['cidr("10.1.2.2/32").containsIP(context.client_ip)', false],
    ['cidr("0.0.0.0/0").containsIP(context.client_ip)', true],
    ['cidr("::/0").containsIP(context.client_ip)', false],
    ['cidr("2001:db8::/33").containsIP("2001:db8:7fff::1")', true],
    ['cidr("2001:db8::/33").containsIP("2001:db8:8000::1")', false],
    ['cidr("2001:db8::/64").containsIP("2001:db8:0:0:1::")', true],
    ['cidr("10.0.0.0/8").containsCIDR("10.2.0.0/16")', true],
    ['cidr("10.0.0.0/8").containsCIDR(cidr("10.0.0.0/7"))', false],
    ['cidr("10.0.0.0/8").containsCIDR(cidr("11.0.0.0/9"))', false],
    ['cidr("10.0.0.0/8").containsCIDR("10.0.0.0/8")', true],
    ['string(cidr("10.9.8.7/12").masked())', '10.0.0.0/12'],
    ['string(cidr("2001:db8:ffff::1/33").masked())', '2001:db8:8000::/33'],
    ['string(cidr("10.9.8.7/12").ip())', '10.9.8.7'],
    ['cidr("10.0.0.0/8").prefixLength()', 8n],
    ['cidr("10.0.0.1/8") == cidr("10.0.0.0/8")', false],
    ['cidr("10.0.0.0/8") == cidr("10.0.0.0/8")', true],
    ['ip("::1") == ip("0:0:0:0:0:0:0:1")', true],
    ['ip("0.0.0.1") == ip("::1")', false],
    ['ip("10.0.0.1").family()', 4n],
    ['ip("2001:db8::1").family()', 6n],
    ['string(ip("2001:DB8:0:0:1:0:0:1"))', '2001:db8::1:0:0:1'],
    ['string(ip("1:2:3:4:5:6:0:8"))', '1:2:3:4:5:6:0:8'],
    ['string(ip("::"))', '::'],
    ['string(ip("1::"))', '1::'],
    ['string(ip("64:ff9b::192.0.2.1"))', '64:ff9b::c000:201'],
    ['ip.isCanonical("2001:db8::1")', true],
    ['ip.isCanonical("2001:DB8::1")', false],
    ['type(ip("::1")) == net.IP', true],
    ['isIP("1.2.3.4")', true],
    ['isIP("255.255.255.256")', false],
    ['isIP("1.2.3")', false],
    ['isIP("1.2.3.4.5")', false],
    ['isIP("01.2.3.4")', false],
    ['isIP("1..3.4")', false],
    ['isIP("0x1.2.3.4")', false],
    ['isIP(" 1.2.3.4")', false],
    ['isIP("")', false],
    ['isIP("fe80::1%eth0")', false],
    ['isIP("::ffff:10.0.0.1")', false],
    ['isIP("::ffff:a00:1")', false],
    ['isIP("0:0:0:0:0:ffff:10.0.0.1")', false],
    ['isIP("::10.0.0.1")', true],
    ['isIP("1::2::3")', false],
    ['isIP("1:2:3:4:5:6:7::8")', false],
    ['isIP("1:2:3:4:5:6:7::")', true],
    ['isIP(":1:2:3:4:5:6:7")', false],
    ['isIP("1:2:3:4:5:6:7:12345")', false],
    ['isIP("1.2.3.4::")', false],
    ['isIP("[::1]")', false],
    ['isCIDR("10.0.0.0/8")', true],
    ['isCIDR("10.0.0.0/33")', false],
    ['isCIDR("10.0.0.0/08")', false],
    ['isCIDR("10.0.0.0/")', false],
    ['isCIDR("10.0.0.0")', false],
    ['isCIDR("10.0.0.0/-1")', false],
    ['isCIDR("10.0.0.0/8/8")', false],
    ['isCIDR("::ffff:10.0.0.0/104")', false],
    ['isCIDR("2001:db8::/128")', true],
    ['isCIDR("2001:db8::/129")', false],
    ['ip("127.9.9.9").isLoopback()', true],
    ['ip("::1").isLoopback()', true],
    ['ip("::2").isLoopback()', false],
    ['ip("0.0.0.0").isUnspecified()', true],
    ['ip("::").isUnspecified()', true],
    ['ip("169.254.1.1").isLinkLocalUnicast()', true],
    ['ip("febf::1").isLinkLocalUnicast()', true],
    ['ip("fec0::1").isLinkLocalUnicast()', false],
    ['ip("224.0.0.9").isLinkLocalMulticast()', true],
    ['ip("224.0.1.9").isLinkLocalMulticast()', false],
    ['ip("ff02::1").isLinkLocalMulticast()', true],
    ['ip("ff05::1").isLinkLocalMulticast()', false],
    ['ip("192.168.0.1").isGlobalUnicast()', true],
    ['ip("255.255.255.255").isGlobalUnicast()', false],
    ['ip("239.0.0.1").isGlobalUnicast()', false],
    ['ip("ff0e::1").isGlobalUnicast()', false],
    ['ip("::").isGlobalUnicast()', false],
    ['ip("169.254.1.1").isGlobalUnicast()', false],
    ['ip("2001:db8::1").isGlobalUnicast()', true],
    ['ip(context.agent).family()', failure('Malformed IP address')],
    [
      'ip("::ffff:1.2.3" + ".4").family()',
      failure('IPv4-mapped IPv6 address: write the IPv4 address'),
    ],
    ['cidr(context.client_ip).ip()', failure('Malformed CIDR')],
    ['cidr("10.0.0.0/8").containsIP(context.agent)', failure('Malformed IP address')],
    ['ip(subject.level)', failure('"ip" does not apply to (double)')],
  ])
})

describe('globs and paths', () => {
  yields([
    ['resource.path.matchesGlob("/docs/*/plan.md")', true],
    ['resource.path.matchesGlob("/docs/*.md")', false],
    ['resource.path.matchesGlob("/docs/**")', true],
    ['"/docs".matchesGlob("/docs/**")', false],
    ['"/docs/".matchesGlob("/docs/**")', true],
    ['resource.path.matchesGlob("/docs/20[0-9][0-9]/*.{md,txt}")', true],
    ['resource.path.matchesGlob("/docs/????/plan.md")', true],
    ['resource.path.matchesGlob("/docs/?/plan.md")', false],
    ['"a/b".matchesGlob("a?b")', false],
    ['"a/b".matchesGlob("a[!x]b")', false],
    ['"a.b".matchesGlob("a[!x]b")', true],
    ['"axb".matchesGlob("a.b")', false],
    ['"a*b".matchesGlob("a\\\\*b")', true],
    ['"axb".matchesGlob("a\\\\*b")', false],
    ['"".matchesGlob("")', true],
    ['"".matchesGlob("*")', true],
    ['"a\\nb".matchesGlob("a?b")', true],
    ['"a\\n".matchesGlob("a")', false],
    ['"😀".matchesGlob("?")', true],
    ['"repo:main:push".matchesGlob("repo:*:push", ":")', true],
    ['"repo:a:b:push".matchesGlob("repo:*:push", ":")', false],
    ['"repo/a:b".matchesGlob("repo*", "")', true],
    ['"a-b".matchesGlob("{a,{b,c}}-{b,}")', true],
    ['"]".matchesGlob("[\\\\]]")', true],
    ['"x".matchesGlob(context.agent + "[")', failure('Malformed glob')],
    ['"x".matchesGlob(context.agent + "{a")', failure('Malformed glob')],
    ['resource.path.hasPathPrefix("/docs")', true],
    ['resource.path.hasPathPrefix("/docs/")', true],
    ['resource.path.hasPathPrefix("/docs/2026/plan.md")', true],
    ['resource.path.hasPathPrefix("/doc")', false],
    ['resource.path.hasPathPrefix("/")', true],
    ['"/docs".hasPathPrefix("/docs/")', true],
    ['"/Docs".hasPathPrefix("/docs")', false],
    ['"/docs2".hasPathPrefix("/docs")', false],
    ['("/docs/../admin" + "").hasPathPrefix("/docs")', failure('Path is not normalised')],
    ['("/docs/%2E%2e/admin" + "").hasPathPrefix("/docs")', failure('Path is not normalised')],
    ['("/docs/..;/admin" + "").hasPathPrefix("/docs")', failure('Path is not normalised')],
    ['("/docs//admin" + "").hasPathPrefix("/docs")', failure('Path is not normalised')],
    ['("/docs/..%2fadmin" + "").hasPathPrefix("/docs")', failure('Path is not normalised')],
    ['("/docs\\\\..\\\\admin" + "").hasPathPrefix("/docs")', failure('Path is not normalised')],
    ['("/docs/." + "").hasPathPrefix("/docs")', failure('Path is not normalised')],
    ['("docs" + "").hasPathPrefix("/docs")', failure('Path does not begin with "/"')],
    ['"/docs/...".hasPathPrefix("/docs")', true],
    ['"/docs/.hidden".hasPathPrefix("/docs")', true],
  ])
})

describe('versions', () => {
  yields([
    ['semver("1.2.3").major()', 1n],
    ['semver("1.2.3").minor()', 2n],
    ['semver("1.2.3").patch()', 3n],
    ['semver("1.10.0").isGreaterThan(semver("1.9.9"))', true],
    ['semver("1.0.0-rc.1").isLessThan(semver("1.0.0"))', true],
    ['semver("1.0.0+a").compareTo(semver("1.0.0+b"))', 0n],
    ['semver("1.0.0+a") == semver("1.0.0+b")', true],
    ['semver("v1.2", true) == semver("1.2.0")', true],
    ['semver("01.02.03-a", true) == semver("1.2.3-a")', true],
    ['isSemver("1.2")', false],
    ['isSemver("1.2", true)', true],
    ['isSemver("v1.2.3")', false],
    ['isSemver("v1.2.3", false)', false],
    ['isSemver("1.2.3-01")', false],
    ['isSemver("1.2.3-a..b")', false],
    ['isSemver("1.2.3+")', false],
    ['isSemver("1.2.3\\n")', false],
    ['isSemver("1.2.3.4")', false],
    ['isSemver("9223372036854775807.0.0")', true],
    ['isSemver("9223372036854775808.0.0")', false],
    ['semver(context.agent)', failure('Malformed semantic version')],
  ])
})

describe('lists and sets', () => {
  yields([
    ['sets.contains(subject.roles, ["reader"])', true],
    ['sets.contains(["reader"], subject.roles)', false],
    ['sets.contains(subject.roles, [])', true],
    ['sets.contains([1, 2u, 3.0], [3, 2.0])', true],
    ['sets.intersects(subject.roles, ["admin", "writer"])', true],
    ['sets.intersects(subject.roles, ["admin"])', false],
    ['sets.intersects([], [])', false],
    ['sets.equivalent(resource.tags, ["b", "a"])', true],
    ['sets.equivalent([1], [1, 2])', false],
    ['sets.contains(lists.range(20), [19])', true],
    ['sets.contains(["a","b","c","d","e","f","g","h","i"] + resource.tags, ["i"])', true],
    ['resource.numbers.isSorted()', false],
    ['[1, 2, 2].isSorted() && [].isSorted()', true],
    ['resource.numbers.sum()', 6],
    ['resource.none.sum()', 0n],
    ['[1, 2].sum()', 3n],
    ['[1u, 2u].sum() == 3u', true],
    ['[duration("1h"), duration("2h")].sum() == duration("3h")', true],
    ['[0.5].filter(x, x > 1.0).sum()', 0],
    ['resource.numbers.min()', 1],
    ['resource.numbers.max()', 3],
    ['["b", "a"].min()', 'a'],
    ['resource.tags.indexOf("b")', 1n],
    ['resource.tags.lastIndexOf("a")', 2n],
    ['resource.tags.indexOf("z")', -1n],
    ['"banana".lastIndexOf("an")', 3n],
    ['resource.tags.distinct()', ['a', 'b']],
    ['[1, 1.0, 1u, 2].distinct().size()', 2n],
    ['[[1, 2], [3, [4]]].flatten()', [1n, 2n, 3n, [4n]]],
    ['[[1, [2, [3]]]].flatten(2)', [1n, 2n, [3n]]],
    ['[1, [2]].flatten(0)', [1n, [2n]]],
    ['resource.numbers.slice(1, 3)', [1, 2]],
    ['resource.numbers.slice(0, 0)', []],
    ['resource.numbers.sort()', [1, 2, 3]],
    ['resource.tags.reverse()', ['a', 'b', 'a']],
    ['"a😀b".reverse()', 'b😀a'],
    ['resource.numbers.first().orValue(0.0)', 3],
    ['resource.none.last().hasValue()', false],
    ['lists.range(3)', [0n, 1n, 2n]],
    ['lists.range(-1)', []],
    ['resource.none.min()', failure('List is empty')],
    ['resource.numbers.slice(2, 1)', failure('Index out of range')],
    ['resource.numbers.slice(0, 4)', failure('Index out of range')],
    ['resource.numbers.slice(-1, 1)', failure('Index out of range')],
    ['[[1]].flatten(-1)', failure('"flatten" needs a depth that is not negative')],
    ['["a", 1].sort()', failure('Cannot order int and string')],
    ['[0.0 / 0.0, 1.0].sort()', failure('Cannot order what is not a number')],
    ['resource.tags.sum()', failure('Cannot sum string')],
    ['[9223372036854775807, 1].sum()', failure('Integer overflow')],
    ['lists.range(1000000)', failure('List is too long')],
    ['subject.nothing.sort()', failure('"sort" does not apply to (null)')],
  ])
})

describe('optional values', () => {
  yields([
    ['subject.?team.orValue("none")', 'none'],
    ['subject.?level.orValue(0.0)', 3],
    ['subject.?nothing.hasValue()', true],
    ['subject.?nothing.orValue("x")', null],
    ['subject.profile.?team.orValue("none")', 'blue'],
    ['subject.?profile.team.orValue("none")', 'blue'],
    ['subject.?profile.?boss.name.orValue("none")', 'none'],
    ['subject.?absent.deeper.still.hasValue()', false],
    ['resource.tags[?7].orValue("none")', 'none'],
    ['resource.tags[?0].value()', 'a'],
    ['resource.?tags[0].value()', 'a'],
    ['subject.?level.optMap(l, l + 1.0).value()', 4],
    ['subject.?absent.or(subject.?level).value()', 3],
    ['subject.?level.or(optional.of(1 / 0)).value()', 3],
    ['subject.?level.orValue(1 / 0)', 3],
    ['[?subject.?absent, ?subject.?level, 1.0]', [3, 1]],
    ['size({?"a": subject.?absent, "b": 1})', 1n],
    ['[true].all(x, x ? [?optional.of(x)] == [true] : false)', true],
    ['"x" in [?optional.of("x")]', true],
    ['"x" in[?optional.of("x")]', true],
    ['subject.?absent.value()', failure('Optional has no value')],
    ['subject.?level.team.hasValue()', failure('No members in double')],
    ['cel.bind(t, resource.tags, size(t) + size(t))', 6n],
    ['cel.bind(t, 1 / 0, true || t == 1)', true],
    ['[1, 2].map(x, cel.bind(y, x * 2, y + x))', [3n, 6n]],
  ])
})

describe('texts and numbers', () => {
  yields([
    ['"%s may %s %d".format([subject.roles, action.name, 3])', '[reader, writer] may approve 3'],
    ['"%.2e".format([0.0])', '0.00e+00'],
    ['"%.0e".format([9.5])', '1e+01'],
    ['"%.1f".format([0.25])', '0.2'],
    ['"%.1f".format([-0.05])', '-0.1'],
    ['"%.2f".format([1e22])', '10000000000000000000000.00'],
    ['"%.1f".format([9.96])', '10.0'],
    ['"%x".format([-255])', '-ff'],
    ['"%s".format([optional.of([1])])', '[1]'],
    ['"%s".format([ip("::1")])', '::1'],
    ['"%d".format([])', failure('Format needs more arguments')],
    ['"%d".format(["x"])', failure('"%d" does not format string')],
    ['"a,b,,c".split(",")', ['a', 'b', '', 'c']],
    ['"".split(",")', ['']],
    ['"".split("")', []],
    ['"a😀".split("")', ['a', '😀']],
    ['"abc".split("", 2)', ['a', 'bc']],
    ['"ab".replace("", "-")', '-a-b-'],
    ['"ab".replace("", "-", 2)', '-a-b'],
    ['"aaaa".replace("aa", "b")', 'bb'],
    ['"aaaa".replace("a", "b", 0)', 'aaaa'],
    ['"a$&b".replace("$&", "$$")', 'a$$b'],
    ['"😀x".charAt(1)', 'x'],
    ['"😀x".substring(1)', 'x'],
    ['subject.roles.join("+")', 'reader+writer'],
    ['resource.numbers.join()', failure('"join" needs texts, not double')],
    ['base64.encode(b"\\xff\\xfe")', '//4='],
    ['base64.decode("//4=") == b"\\xff\\xfe"', true],
    ['base64.decode(context.agent)', failure('Malformed base64')],
    ['math.greatest(1, 2.5, 2u)', 2.5],
    ['math.least(resource.numbers)', 1],
    ['math.greatest(resource.tags)', failure('"math.greatest" does not apply to string')],
    ['math.greatest(resource.none)', failure('"math.greatest" of an empty list')],
    ['math.round(-0.5)', -1],
    ['math.round(0.49999999999999994)', 0],
    ['math.abs(-9223372036854775807 - 1)', failure('Integer overflow')],
    ['math.bitShiftLeft(1, 64)', 0n],
    ['math.bitShiftRight(-1, 1)', 9223372036854775807n],
    ['math.bitShiftLeft(1, -1)', failure('Cannot shift by a negative number')],
    ['math.sqrt(4)', 2],
  ])

  it('combines no numbers of different types, whichever comes first', () => {
    for (const operator of ['+', '-', '*', '/', '%']) {
      for (const [a, b] of [
        ['subject.level', 'dyn(2)'],
        ['dyn(2)', 'subject.level'],
        ['dyn(2u)', 'dyn(2)'],
        ['subject.level', 'subject.roles'],
        ['subject.roles', 'dyn("a")'],
      ]) {
        expect(evaluate(`${a} ${operator} ${b}`, attributes)).toMatchObject({ kind: 'failure' })
      }
    }
  })

  it('adds spans of time of either sign', () => {
    const sums = [
      ['"-1s"', '"500ms"', '-0.5s'],
      ['"1s"', '"-500ms"', '0.5s'],
      ['"200ms"', '"300ms"', '0.5s'],
      ['"-200ms"', '"-300ms"', '-0.5s'],
      ['"-2s"', '"2s"', '0s'],
    ] as const
    for (const [a, b, sum] of sums) {
      const text = `duration(${a}) + duration(${b})`
      expect(evaluate(`string(${text})`)).toBe(sum)
      expect(evaluate(`${text} == duration("${sum}")`)).toBe(true)
    }
  })

  it('takes a local variable for a variable, not for a library', () => {
    expect(evaluate('["ab"].exists(strings, strings.contains("a"))')).toBe(true)
  })
})

describe('what could grow without end', () => {
  const long = {
    resource: { text: 'x'.repeat(400_000), list: Array.from({ length: 9_000 }, () => 'a') },
  }
  const costly = failure('Evaluation costs too much')

  it.each([
    ['resource.text.replace("x", "xxx")', failure('String is too long')],
    ['resource.text.replace("", "y")', costly],
    ['resource.text.split("")', failure('List is too long')],
    ['resource.text.split("x")', failure('List is too long')],
    ['[resource.text, resource.text, resource.text].join()', failure('String is too long')],
    [
      '"%s%s%s".format([resource.text, resource.text, resource.text])',
      failure('String is too long'),
    ],
    ['"%s".format([resource.list]).size()', 27_000n],
    ['strings.quote(resource.text + resource.text)', failure('String is too long')],
    ['sets.contains(resource.list.map(x, 1), resource.list.map(x, 2))', false],
    ['sets.contains(lists.range(9000), lists.range(9000))', costly],
    ['lists.range(9000).distinct()', costly],
    ['lists.range(9000).map(x, [x, x]).flatten()', failure('List is too long')],
    ['lists.range(9000).all(x, lists.range(9000).size() > 0)', costly],
    ['lists.range(90).all(x, resource.text.indexOf("y") < 0)', costly],
    ['resource.text.matchesGlob("*y")', costly],
  ])('%s', (text, wanted) => {
    expect(evaluate(text, long)).toEqual(wanted)
  })

  it('pays for chains of calls from one budget', () => {
    const chain = `resource.text${'.reverse()'.repeat(8)}.size() > 0`
    expect(evaluate(chain, long)).toEqual(costly)
  })
})
