// Loaded ahead of the program with `--import`, so that a test can ask for what only the process
// itself knows: memory after a full collection, and what keeps its event loop busy.
process.on('message', () => {
  void answer()
})
process.channel?.unref()

async function answer(): Promise<void> {
  // Finalisers run between collections and free what the next one finds.
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.()
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
  process.send?.({ ...process.memoryUsage(), resources: process.getActiveResourcesInfo() })
}
