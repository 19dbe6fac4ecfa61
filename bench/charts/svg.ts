/** The little of SVG that a chart needs, legible on light and on dark. */
export type Node = string

const style = `
  .ground { fill: #ffffff } text { fill: #24292f; font: 13px system-ui, sans-serif }
  .title { font-size: 16px; font-weight: 600 } .faint { fill: #57606a; font-size: 12px }
  .grid { stroke: #d0d7de; stroke-width: 1 } .bar { fill: #8c959f } .own { fill: #0969da }
  .line { stroke: #8c959f; stroke-width: 2; fill: none } .own-line { stroke: #0969da; stroke-width: 2; fill: none }
  .p50 { fill: #1a7f37 } .p99 { fill: #bf8700 } .p999 { fill: #cf222e } .bold { font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .faint { fill: #9198a1 }
    .grid { stroke: #3d444d } .bar { fill: #656c76 } .own { fill: #4493f8 }
    .line { stroke: #656c76 } .own-line { stroke: #4493f8 }
    .p50 { fill: #3fb950 } .p99 { fill: #d29922 } .p999 { fill: #f85149 }
  }`

export function drawing(
  width: number,
  height: number,
  title: string,
  nodes: readonly Node[],
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>${style}
</style>
<rect class="ground" width="${width}" height="${height}"/>
${text(16, 28, title, 'title')}
${nodes.join('\n')}
</svg>
`
}

export function text(
  x: number,
  y: number,
  content: string,
  kind = '',
  anchor: 'start' | 'middle' | 'end' = 'start',
): Node {
  return `<text x="${at(x)}" y="${at(y)}"${classOf(kind)} text-anchor="${anchor}">${escaped(content)}</text>`
}

export function bar(x: number, y: number, width: number, height: number, kind: string): Node {
  return `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="2"${classOf(kind)}/>`
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: string): Node {
  return `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"${classOf(kind)}/>`
}

export function dot(x: number, y: number, kind: string): Node {
  return `<circle cx="${at(x)}" cy="${at(y)}" r="5"${classOf(kind)}/>`
}

export function path(points: readonly (readonly [number, number])[], kind: string): Node {
  const steps = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`)
  return `<path d="${steps.join(' ')}"${classOf(kind)}/>`
}

function classOf(kind: string): string {
  return kind === '' ? '' : ` class="${kind}"`
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
