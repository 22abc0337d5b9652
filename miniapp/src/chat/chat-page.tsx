import { useEffect, useState } from 'preact/hooks'
import { setLanguage, t, useLanguage } from '../shared/i18n.ts'
import { useMedia } from '../shared/use-media.ts'
import { Button } from '../ui/button.tsx'
import { DemoBanner } from '../ui/feedback.tsx'
import { Icon } from '../ui/icons.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { Simulator } from './channels/simulator.tsx'
import { ChatLogView } from './chat-log.tsx'
import { Composer } from './composer.tsx'
import { latestAnswer } from './log.ts'
import { chatClient, greet, useChat } from './use-chat.ts'

const WIDE = '(min-width: 1100px)'

const LANGUAGE_WORDS = { vi: 'Tiếng Việt', en: 'English' } as const

/** Switches the page, and tells Loa in words that it understands: the last question comes again in that language. */
async function switchLanguage(next: 'vi' | 'en') {
  await setLanguage(next)
  chatClient().say({ kind: 'text', text: LANGUAGE_WORDS[next] }, { isHidden: true })
}

function Header({ onRestart }: { onRestart: () => void }) {
  const language = useLanguage()
  const other = language === 'vi' ? 'en' : 'vi'
  return (
    <header class="top-bar">
      <div class="top-bar-inner chat-head">
        <img class="chat-mark" src="./loa.svg" alt="" width="40" height="40" />
        <div class="chat-names">
          <h1>Loa</h1>
          <p>{t('webchat:subtitle')}</p>
        </div>
        <button
          type="button"
          class="chat-language"
          lang={other}
          aria-label={`${other.toUpperCase()}, ${LANGUAGE_WORDS[other]}`}
          onClick={() => void switchLanguage(other)}
        >
          {other.toUpperCase()}
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t('webchat:restart.button')}
          title={t('webchat:restart.button')}
          onClick={onRestart}
        >
          <Icon name="restart" />
        </button>
      </div>
    </header>
  )
}

function RestartSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={t('webchat:restart.title')} closeLabel={t('webchat:close')} onClose={onClose}>
      <p>{t('webchat:restart.body')}</p>
      <div class="button-row">
        <Button look="secondary" onClick={onClose}>
          {t('webchat:restart.cancel')}
        </Button>
        <Button
          onClick={() => {
            chatClient().restart()
            greet()
            onClose()
          }}
        >
          {t('webchat:restart.confirm')}
        </Button>
      </div>
    </Sheet>
  )
}

type Tab = 'chat' | 'channels'

function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  return (
    <nav class="chat-tabs" aria-label={t('webchat:tabs')}>
      {(['chat', 'channels'] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-current={tab === name ? 'page' : undefined}
          onClick={() => onTab(name)}
        >
          {t(`webchat:tab.${name}`)}
        </button>
      ))}
    </nav>
  )
}

/** The whole page: the conversation, and beside it (or behind a tab) the same answer on every channel. */
export function ChatPage() {
  const language = useLanguage()
  const chat = useChat()
  const isWide = useMedia(WIDE)
  const [tab, setTab] = useState<Tab>('chat')
  const [isRestarting, setRestarting] = useState(false)
  const showsChat = isWide || tab === 'chat'
  useEffect(() => {
    document.title = t('webchat:title')
  }, [language])
  return (
    <div class="chat-page">
      <Header onRestart={() => setRestarting(true)} />
      <DemoBanner />
      {!isWide && <Tabs tab={tab} onTab={setTab} />}
      <main class="chat-columns">
        <section class="chat-main" aria-label={t('webchat:tab.chat')} hidden={!showsChat}>
          <ChatLogView {...chat} />
          {!chat.isOnline && (
            <p class="chat-offline" role="status">
              <Icon name="offline" /> {t('webchat:offline')}
            </p>
          )}
          <Composer />
        </section>
        {(isWide || tab === 'channels') && (
          <Simulator
            messages={latestAnswer(chat.log)}
            onChoose={(id, label) => {
              chatClient().say({ kind: 'choice', id, label })
            }}
          />
        )}
      </main>
      {isRestarting && <RestartSheet onClose={() => setRestarting(false)} />}
    </div>
  )
}
