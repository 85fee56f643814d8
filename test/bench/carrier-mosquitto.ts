import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Carrier, Publisher } from './carrier.ts';
import { type MqttClient, openMqtt } from './mqtt.ts';
import { freePort, startServer } from './process.ts';

const COMMAND = '/usr/sbin/mosquitto';
const TOPIC = 'lifeboat/bench';

/** A broker for MQTT at QoS 1. A durable session that nobody reads makes it keep every message, as a log would. */
export const mosquitto: Carrier = {
  name: 'mosquitto',
  promise: 'in memory; written to disk from time to time, no fsync',
  isInstalled: existsSync(COMMAND),
  start: async (folder) => {
    const port = await freePort();
    const settings = [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence true',
      `persistence_location ${folder}/`,
      'max_queued_messages 0',
      'max_inflight_messages 0',
      'user root',
    ];
    writeFileSync(join(folder, 'mosquitto.conf'), settings.join('\n'));
    const server = await startServer(COMMAND, ['-c', join(folder, 'mosquitto.conf')], port);
    const clients: MqttClient[] = [];
    const open = async (name: string, isDurable = false) => {
      const client = await openMqtt(port, name, isDurable);
      clients.push(client);
      return client;
    };
    const log = await open('log', true);
    await log.subscribe(TOPIC, () => undefined);
    log.close();
    return {
      publisher: async (n): Promise<Publisher> => {
        const client = await open(`writer-${n}`);
        return { publish: ({ json }, accepted) => client.publish(TOPIC, json, accepted) };
      },
      subscribe: async (n, hear) => (await open(`reader-${n}`)).subscribe(TOPIC, hear),
      server,
      stop: async () => {
        for (const client of clients) client.close();
        await server.kill();
      },
    };
  },
};
