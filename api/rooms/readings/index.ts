/** The door of readings: stations, what they measured, flood stages, air quality. */
export { STATIONS } from './data/stations.ts'
export { purgeReadings, summariseReadings } from './jobs.ts'
export { metres, stageName, stationTitle } from './messages.ts'
export { type CsvFault, parseReadingsCsv } from './policy/csv.ts'
export type { Stage } from './policy/stage.ts'
export { listReadingSources, pullReadings } from './pull/service.ts'
export { type ReadingsClient, readingRoutes } from './routes.ts'
export type {
  Ingested,
  LatestView,
  StationInput,
  StationView,
  WatchedStation,
} from './schema.ts'
export { sensorThingsRoutes } from './sensorthings/routes.ts'
export { answerAirQuality, answerWaterLevel, placeOfRiver } from './service/answer.ts'
export { type CrossingWords, describeCrossing, stageNow } from './service/crossing.ts'
export { importReadings, ingestReadings } from './service/ingest.ts'
export {
  createStationKey,
  listStationKeys,
  openByKey,
  revokeStationKey,
} from './service/keys.ts'
export { listLatest } from './service/latest.ts'
export { getStation, listStations, saveStation, seedStations } from './service/stations.ts'
export { watchStations } from './service/watch.ts'
