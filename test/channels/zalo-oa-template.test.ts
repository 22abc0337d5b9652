import { describe, expect, it } from 'vitest'
import { WINDOW_CLOSED } from '../../bots/zalo-oa/errors.ts'
import { renderZaloOa } from '../../bots/zalo-oa/render.ts'
import { memoryTokenStore } from '../fakes/zalo-stores.ts'
import { call, to, USER, useZaloOa, V3, words } from './zalo-oa-kit.ts'

const TEMPLATE = '/v3.0/oa/message/template'
const { fake, problems, setUp } = await useZaloOa()

describe('after the window', () => {
  const brief = { code: 'HUE-2222-2222', text: 'Phản ánh đã có trả lời. '.repeat(20) }
  const rendered = (withBrief: boolean) =>
    renderZaloOa(
      {
        parts: [
          { kind: 'image', mediaId: 'm', url: 'https://loa.test/p.jpg', alt: 'Ảnh' },
          { kind: 'text', text: 'Đã xong' },
        ],
        ...(withBrief ? { brief } : {}),
      },
      { chatKey: USER, words },
    ).calls
  const opened = () => {
    const store = memoryTokenStore()
    return (templateId: string | undefined, withBrief = true) => {
      const [first = call()] = rendered(withBrief)
      const given = templateId === undefined ? { store } : { store, templateId }
      return setUp(given).sender.send(first, to)
    }
  }

  it('a step of a case goes as one template in place of all its calls, within its gap', async () => {
    const sendFirst = opened()
    fake.state.errors.set(USER, -230)
    expect(rendered(true)).toHaveLength(2)
    expect(await sendFirst('777')).toEqual({ kind: 'sent', isWhole: true })
    expect(fake.templates).toMatchObject([
      { userId: USER, templateId: '777', data: { ma_phan_anh: brief.code } },
    ])
    expect(JSON.stringify(fake.templates).length).toBeLessThan(400)
    expect(JSON.stringify(fake.callsTo(V3))).not.toContain('brief')
  })

  it('without a template, or for a message that has no short form, it is closed', async () => {
    const sendFirst = opened()
    fake.state.errors.set(USER, -230)
    const closed = { kind: 'rejected', code: WINDOW_CLOSED }
    expect(await sendFirst(undefined)).toEqual(closed)
    expect(await sendFirst('777', false)).toEqual(closed)
    fake.state.errors.set('template:777', -249)
    expect(await sendFirst('777')).toEqual(closed)
    expect(fake.templates).toEqual([])
  })

  it('within the window nothing goes by template', async () => {
    const sendFirst = opened()
    expect(await sendFirst('777')).toEqual({ kind: 'sent' })
    expect(fake.templates).toEqual([])
  })
})

describe('a template', () => {
  const one = { chatKey: USER, templateId: '12345', data: { code: 'HUE-2222-2222' } }

  it('goes by user id, outside the window too', async () => {
    fake.state.errors.set(USER, -230)
    const { sender, template } = setUp()
    expect(await sender.send(call(), to)).toEqual({ kind: 'rejected', code: WINDOW_CLOSED })
    expect(await template(one)).toEqual({ kind: 'sent' })
    expect(fake.templates).toEqual([{ userId: USER, templateId: '12345', data: one.data }])
  })

  it('that may not go by user id is rejected, and an operator is told', async () => {
    fake.state.errors.set('template:12345', -249)
    expect(await setUp().template(one)).toEqual({
      kind: 'rejected',
      code: 'zalo_oa.template_not_for_uid',
    })
    expect(problems).toEqual(['zalo_oa.template_not_for_uid'])
  })

  it('with a line cut is unknown', async () => {
    fake.script(TEMPLATE, { cut: true, done: true })
    expect(await setUp().template(one)).toMatchObject({ kind: 'unknown' })
  })
})
