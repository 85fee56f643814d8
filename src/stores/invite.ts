import { atom } from 'nanostores';
