import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { listHotlines } from '../../areas/index.ts'
import type { Checked, Item } from './policy/decide.ts'
import type { ScamAnswer } from './schema.ts'

/** Whom to call when money or data may be gone. */
const CALLS = ['police', 'hue-s']

/** A decision in the reader's words: what it is, why, what to do now, whom to call. */
export async function answerOf(
  ctx: Ctx,
  { verdict, items, patterns }: Checked,
): Promise<ScamAnswer> {
  const { t } = ctx
  const lines = await listHotlines(ctx.db, ctx.settings.homeUnitCode)
  const calls = CALLS.flatMap((code) => lines.find((line) => line.code.startsWith(code)) ?? [])
  return {
    verdict,
    headline: t(asKey(`guides:scam.verdict.${verdict}`)),
    reasons: [
      ...items.map((item) => reasonOf(ctx, item)),
      ...patterns.map((code) =>
        t('guides:scam.pattern', { name: t(asKey(`guides:scam.pattern.${code}`)) }),
      ),
    ],
    advice: t(asKey(`guides:scam.advice.${verdict === 'official' ? 'official' : 'other'}`)).split(
      '\n',
    ),
    calls: calls.map(({ nameVi, nameEn, phone }) => ({
      name: ctx.language === 'vi' ? nameVi : nameEn,
      phone,
    })),
    items: [...items],
    patterns: [...patterns],
    canReport: patterns.length > 0 || items.some((item) => item.verdict !== 'official'),
  }
}

function reasonOf({ t }: Ctx, { kind, subject, verdict, reason }: Item): string {
  const key = reason === null ? `${verdict}.${kind}` : reason
  return t(asKey(`guides:scam.item.${key}`), { subject })
}
