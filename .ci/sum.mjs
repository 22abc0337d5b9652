// Adds up the suites' JSON reports: node .ci/sum.mjs DIR BROKEN. Exit 1 when anything failed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [dir = '.', broken = '0'] = process.argv.slice(2)
const reason = (test) => String(test.failureMessages?.[0] ?? '').slice(0, 400)
let passed = 0
let failed = Number(broken)
for (const name of readdirSync(dir)) {
  const report = JSON.parse(readFileSync(join(dir, name), 'utf8'))
  passed += report.numPassedTests
  // A file that failed to load has no failed test of its own, but the run is not a success.
  failed += report.numFailedTests === 0 && report.success === false ? 1 : report.numFailedTests
  for (const file of report.testResults ?? []) {
    for (const test of file.assertionResults)
      if (test.status === 'passed' && test.failureMessages?.length > 0)
        console.log(`needed a second try: ${test.fullName}\n    ${reason(test)}`)
    if (file.status !== 'failed') continue
    console.log(`failed: ${file.name}`)
    for (const test of file.assertionResults.filter((result) => result.status === 'failed')) {
      console.log(`  ${test.fullName}\n    ${reason(test)}`)
    }
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
