import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ending = '.loadpath.yaml'

/** Folder of the templates: beside the built program, or in the package when it runs from its sources. */
const folder = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../templates' : './templates', import.meta.url))

/** Returns the names of the templates of `init`. */
export function templateNames(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort()
}

export function templateText(name: string): string {
  return readFileSync(`${folder}/${name}${ending}`, 'utf8')
}
