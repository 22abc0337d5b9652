// Preloaded before the TypeScript entry, so that an old Node says what is wrong instead of failing to parse it.
const OLDEST_MAJOR = 24
const major = Number(process.versions.node.split('.')[0])
if (major < OLDEST_MAJOR) {
  process.stderr.write(
    `Loa needs Node ${OLDEST_MAJOR} or newer; this is ${process.versions.node}. ` +
      'Run "npm ci" without --omit=optional (it brings its own Node) and start with "npm start".\n',
  )
  process.exit(1)
}
