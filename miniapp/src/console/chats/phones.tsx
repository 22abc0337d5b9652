import { t } from '../../shared/i18n.ts'
import { ReasonedLook } from '../reporter/reasoned-look.tsx'
import { viewPhones } from './calls.ts'

/** The telephone numbers that a person gave in a chat, masked elsewhere. */
export function Phones({ id }: { id: string }) {
  return (
    <ReasonedLook
      title={t('person:desk.phones')}
      onLook={async (reason) => {
        const phones = await viewPhones(id, reason)
        if (phones.length === 0) return <p>{t('person:desk.phones.none')}</p>
        return phones.map((phone) => (
          <p key={phone}>
            <a href={`tel:${phone}`}>{phone}</a>
          </p>
        ))
      }}
    />
  )
}
