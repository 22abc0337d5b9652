import alerts from './alerts.json' with { type: 'json' }
import appointments from './appointments.json' with { type: 'json' }
import areas from './areas.json' with { type: 'json' }
import cap from './cap.json' with { type: 'json' }
import chat from './chat.json' with { type: 'json' }
import common from './common.json' with { type: 'json' }
import consolePages from './console.json' with { type: 'json' }
import delivery from './delivery.json' with { type: 'json' }
import desk from './desk.json' with { type: 'json' }
import doors from './doors.json' with { type: 'json' }
import dossiers from './dossiers.json' with { type: 'json' }
import errors from './errors.json' with { type: 'json' }
import files from './files.json' with { type: 'json' }
import floods from './floods.json' with { type: 'json' }
import guides from './guides.json' with { type: 'json' }
import identity from './identity.json' with { type: 'json' }
import incidents from './incidents.json' with { type: 'json' }
import lite from './lite.json' with { type: 'json' }
import menu from './menu.json' with { type: 'json' }
import miniapp from './miniapp.json' with { type: 'json' }
import notices from './notices.json' with { type: 'json' }
import person from './person.json' with { type: 'json' }
import readings from './readings.json' with { type: 'json' }
import rescue from './rescue.json' with { type: 'json' }
import screens from './screens.json' with { type: 'json' }
import sos from './sos.json' with { type: 'json' }
import webchat from './webchat.json' with { type: 'json' }

export const en = {
  alerts,
  appointments,
  areas,
  cap,
  chat,
  common,
  console: consolePages,
  delivery,
  desk,
  doors,
  dossiers,
  errors,
  files,
  floods,
  guides,
  identity,
  incidents,
  lite,
  menu,
  miniapp,
  notices,
  person,
  readings,
  rescue,
  screens,
  sos,
  webchat,
}
