/** Moments as logs write them, in ms since 1970 in UTC. Only differences between them matter here. */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `10/Oct/2000:13:55:36 -0700`, of the Common Log Format; NaN if it is none. */
export function logTime(text: string): number {
  const found = /^(\d{1,2})\/([A-Za-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?: ([+-])(\d\d)(\d\d))?$/.exec(text)
  if (found === null) return Number.NaN
  const [, day, month = '', year, hour, minute, second, sign, zoneHours = '0', zoneMinutes = '0'] = found
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes))
  const days = daysSince1970(Number(year), months.indexOf(month.toLowerCase()), Number(day))
  return days * 86_400_000 + Number(hour) * 3_600_000 + (Number(minute) - offset) * 60_000 + Number(second) * 1000
}

/** `2000-10-10T13:55:36.123Z`, of ISO 8601; NaN if it is none. */
export function isoTime(text: string): number {
  const found = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))?$/i.exec(
    text,
  )
  if (found === null) return Number.NaN
  const [, year, month, day, hour, minute, second, fraction = '0', sign, zoneHours = '0', zoneMinutes = '0'] = found
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes))
  const days = daysSince1970(Number(year), Number(month) - 1, Number(day))
  const ms = Number(second) * 1000 + Number(`0.${fraction}`) * 1000
  return days * 86_400_000 + Number(hour) * 3_600_000 + (Number(minute) - offset) * 60_000 + ms
}

/** Seconds, milliseconds, micro- or nanoseconds since 1970: which of them follows from the size of the number. */
export function epochTime(value: number): number {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) return Number.NaN
  if (value < 1e11) return value * 1000
  if (value < 1e14) return value
  return value < 1e17 ? value / 1000 : value / 1e6
}

/** The day of the Gregorian calendar; months count from 0. NaN for a month that does not exist. */
function daysSince1970(year: number, month: number, day: number): number {
  if (!(month >= 0 && month < 12)) return Number.NaN
  // Years that begin in March end with the day that is not always there.
  const shifted = month >= 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * ((month + 10) % 12) + 2) / 5) + day - 1
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400)
  return shifted * 365 + leaps + dayOfYear - 719_468
}
