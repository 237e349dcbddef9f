/** A design with a hole, `@`, and what is put there: without the field, and with it. */
export type Case = readonly [design: string, without: string, withField: string]

export const traffic = (request: string, rate = 100) =>
  `traffic: { visitors: { rate: ${rate}/s, requests: { get: { ${request} } } } }`
export const app = (fields: string, request = 'to: app', others = '') =>
  `${traffic(request)}\nblocks:\n  app: { ${fields} }\n${others}`
export const work = 'endpoints: { any: [{ compute: 15ms }] }'
/** The fields that every fault has; without `for` a fault lasts to the end. */
export function ofFault(fault: string): Readonly<Record<string, Case>> {
  const [member = '', name = ''] = fault.split(/: |,/)
  const struck = (timing: string) => `${app(`type: service, instances: 4, ${work}`)}\nfaults: [{ ${fault}${timing} }]`
  return {
    on: [struck(', at: 1s, for: 1s').replace(`${member}: ${name}`, `${member}: @`), 'app.1', 'app'],
    at: [struck(', at: @'), '1s', '1.5s'],
    for: [struck(', at: 1s @'), '', ', for: 100ms'],
    every: [struck(', at: 1s, for: 100ms @'), '', ', every: 300ms'],
    until: [struck(', at: 1s, for: 100ms, every: 300ms @'), '', ', until: 1.5s'],
    count: [struck(', at: 1s, for: 500ms @'), '', ', count: 2'],
    name: [struck(', at: 1s @'), '', ', name: lost'],
  }
}

/** The same of a fault of the network, which strikes no instances by number. */
export function ofNetworkFault(fault: string): Readonly<Record<string, Case>> {
  const { on = ['', '', ''] as const, count: _, ...timing } = ofFault(fault)
  const struck = `${app(`type: service, instances: 4, ${work}`)}\nfaults: [{ ${fault}, at: 1s @ }]`
  return { ...timing, between: on, direction: [struck, '', ', direction: one-way'] }
}
