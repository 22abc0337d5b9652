import type { Box } from '../../../../api/core/geo.ts'
import type { MapView } from './state.ts'

/** Web Mercator (EPSG:3857), the world as a square of side 1, y downwards. */
export type Spot = { x: number; y: number }
export type Size = { width: number; height: number }

export const TILE_PX = 256

export const toSpot = (lng: number, lat: number): Spot => {
  const sin = Math.sin((lat * Math.PI) / 180)
  return { x: lng / 360 + 0.5, y: 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI) }
}

const toLngLat = ({ x, y }: Spot) => ({
  lng: (x - 0.5) * 360,
  lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI,
})

/** Pixels that the whole world is wide. */
export const worldPx = (zoom: number): number => TILE_PX * 2 ** zoom

/** Where a spot stands on a map of this size, in pixels from its top left. */
export function toPixel(spot: Spot, view: MapView, size: Size): Spot {
  const middle = toSpot(view.lng, view.lat)
  const scale = worldPx(view.zoom)
  return {
    x: (spot.x - middle.x) * scale + size.width / 2,
    y: (spot.y - middle.y) * scale + size.height / 2,
  }
}

/** The view after the paper was moved by so many pixels under the frame. */
export function moveBy(view: MapView, dx: number, dy: number): MapView {
  const middle = toSpot(view.lng, view.lat)
  const scale = worldPx(view.zoom)
  return { ...toLngLat({ x: middle.x - dx / scale, y: middle.y - dy / scale }), zoom: view.zoom }
}

/** Another zoom, with the point at `pixel` staying where it is. */
export function zoomAt(view: MapView, zoom: number, pixel: Spot, size: Size): MapView {
  const dx = pixel.x - size.width / 2
  const dy = pixel.y - size.height / 2
  const scaled = { ...moveBy(view, -dx, -dy), zoom }
  return moveBy(scaled, dx, dy)
}

/** What the frame shows. */
export function boxOf(view: MapView, size: Size): Box {
  const corner = (sx: number, sy: number) =>
    moveBy(view, (-sx * size.width) / 2, (-sy * size.height) / 2)
  const [northWest, southEast] = [corner(-1, -1), corner(1, 1)]
  return { west: northWest.lng, north: northWest.lat, east: southEast.lng, south: southEast.lat }
}
