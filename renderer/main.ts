import { mount } from 'svelte';
import App from './app/App.svelte';
import { Desk } from './app/desk.ts';
import { openTransport } from './connection/openTransport.ts';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target, props: { desk: new Desk(openTransport) } });
