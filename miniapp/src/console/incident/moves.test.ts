import { expect, it } from 'vitest'
import { OfficialMove } from '../../../../api/rooms/incidents/schema.ts'
import { isInstant, offered } from './moves.ts'

const KINDS = OfficialMove.options.map((option) => option.shape.kind.value)

it('every move that the server knows has a place on the page', () => {
  expect([...offered(KINDS)].sort()).toEqual([...KINDS].sort())
})

it('what needs words or a choice is never made with one press', () => {
  const bare = OfficialMove.options
    .filter((option) => Object.keys(option.shape).length === 1)
    .map((option) => option.shape.kind.value)
  expect(KINDS.filter(isInstant).sort()).toEqual([...bare].sort())
})

it('accept-and-forward stands first, and unknown moves are left out', () => {
  expect(offered(['refuse', 'accept', 'accept_and_assign', 'teleport'])).toEqual([
    'accept_and_assign',
    'accept',
    'refuse',
  ])
})
