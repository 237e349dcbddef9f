// A thread that runs replications: see precision.mjs.

import { parentPort } from 'node:worker_threads'
import { replicate } from '@loadpath/core'

parentPort.on('message', (task) => parentPort.postMessage(replicate(task)))
