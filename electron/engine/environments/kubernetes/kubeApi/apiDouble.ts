import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Credentials } from './credentials.ts';

/** For tests: a certificate for the name `kubernetes` that signed itself. It opens nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmDCCAT6gAwIBAgIUVvBqaTiUH/4qdgKta8UIR8x/MAYwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKa3ViZXJuZXRlczAgFw0yNjExMjMwMzI4NDlaGA8yMTI2MTAz
MDAzMjg0OVowFTETMBEGA1UEAwwKa3ViZXJuZXRlczBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABIHdNqW5s/7vosjmpOMkUGmFgHgoJsg4/ijKTtwVAYxsNwpEko0j
z30B1/fqJ9PqoNG4iHCitLY7jQXnQKaTBuyjajBoMB0GA1UdDgQWBBQkkjQZtrOP
Kh7btilJmishEoYp2zAfBgNVHSMEGDAWgBQkkjQZtrOPKh7btilJmishEoYp2zAP
BgNVHRMBAf8EBTADAQH/MBUGA1UdEQQOMAyCCmt1YmVybmV0ZXMwCgYIKoZIzj0E
AwIDSAAwRQIgFllyrnr6oOdJSGjVA7Q2Mywwrug2ks0GGKJi5Rva188CIQC9hY1o
kvpq1zKAPxX8LAzSet2Fy4NWlSkdUvdx4QDxEA==
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOQV8q7yrFulFBQTv
ojQ3qErMM7CZ4D4PKrx4aNgXCQmhRANCAASB3TalubP+76LI5qTjJFBphYB4KCbI
OP4oyk7cFQGMbDcKRJKNI899Adf36ifT6qDRuIhworS2O40F50Cmkwbs
-----END PRIVATE KEY-----`;

export const credentials: Credentials = { authority: CERTIFICATE, certificate: CERTIFICATE, key: KEY };

export interface ApiDouble {
  readonly port: number;
  /** How many connections were opened so far. */
  readonly opened: number;
  open(): Promise<Duplex>;
  /** Ends every connection that stands. */
  hangUp(): void;
  close(): void;
}

/** An API server on loopback that asks for a certificate, as the real one does. */
export const apiDouble = async (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<ApiDouble> => {
  const tls: ServerOptions = {
    cert: CERTIFICATE,
    key: KEY,
    ca: CERTIFICATE,
    requestCert: true,
    rejectUnauthorized: true,
  };
  const server = createServer(tls, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  let opened = 0;
  const standing = new Set<Duplex>();
  return {
    port,
    get opened() {
      return opened;
    },
    async open() {
      opened++;
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      standing.add(socket);
      return socket;
    },
    hangUp() {
      for (const socket of standing) socket.destroy();
      standing.clear();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
};
