import { expect, it } from 'vitest'
import { say } from '../../../api/chat/message.ts'
import {
  addAnswer,
  addOwn,
  addPushed,
  EMPTY_LOG,
  isChatLog,
  isLive,
  latestAnswer,
  nextUnsent,
  type Own,
  patchOwn,
} from './log.ts'

const own = (id: string, state: Own['state'] = 'sent'): Own => ({
  kind: 'own',
  id,
  body: { kind: 'text', text: id },
  state,
  language: 'vi',
})

const asked = addAnswer(addOwn(EMPTY_LOG, own('a')), 'a', [say('one'), say('two')])

it('an answer that comes twice is shown once', () => {
  expect(addAnswer(asked, 'a', [say('one'), say('two')])).toBe(asked)
})

it('what came unasked is added once, after what is there', () => {
  const rows = [{ id: 'r1', at: '2026-11-23T02:01:00.000Z', message: say('later') }]
  const log = addPushed(asked, rows, 'c1')
  expect(log.entries.map((entry) => entry.id)).toEqual(['a', 'a#0', 'a#1', 'r1'])
  expect(addPushed(log, rows, 'c1')).toEqual(log)
})

it('what waits is sent in the order in which it was written', () => {
  const log = addOwn(addOwn(asked, own('b', 'queued')), own('c', 'queued'))
  expect(nextUnsent(log)?.id).toBe('b')
  expect(nextUnsent(patchOwn(log, 'b', { state: 'refused' }))?.id).toBe('c')
  expect(nextUnsent(asked)).toBeUndefined()
})

it('the simulator shows what was said since the last own message, else the last thing said', () => {
  expect(latestAnswer(asked)).toEqual([say('one'), say('two')])
  expect(latestAnswer(addOwn(asked, own('b')))).toEqual([say('two')])
})

it('buttons die once the person has said something else', () => {
  expect(isLive(asked, 1)).toBe(true)
  expect(isLive(addOwn(asked, own('b')), 1)).toBe(false)
})

it('what the device kept is believed only in its own shape', () => {
  expect(isChatLog(JSON.parse(JSON.stringify(asked)))).toBe(true)
  expect(isChatLog({ entries: [{ id: 1 }] })).toBe(false)
  expect(isChatLog(null)).toBe(false)
})
