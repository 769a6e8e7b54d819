/** The peer's page: the very terminal that our page draws, joined to a WebSocket with nothing in between. */
import { drawTerminal } from '../../../../renderer/terminal/xterm.ts';

const given = new URLSearchParams(location.search);
const host = document.querySelector<HTMLElement>('#screen');
if (!host) throw new Error('no place for the terminal');
const { term } = await drawTerminal(host, 12.5);
term.resize(Number(given.get('cols')), Number(given.get('rows')));
const socket = new WebSocket(`ws://${location.host}/${location.search}`);
term.onData((text) => socket.send(text));
socket.onmessage = ({ data }: MessageEvent<string>) => term.write(data);
term.focus();
