import type { SubscribeMessages } from './subscribe-messages.ts';

export const subscribePtBr: SubscribeMessages = {
  locale: 'pt-BR',
  language: 'pt-BR',
  intro: 'Receba aviso quando algo acontecer. Nada aqui exige cadastro, e ninguém guarda o seu endereço.',
  noAddress: 'Esta página não conhece o próprio endereço: escreva-o antes de cada caminho abaixo.',
  copy: 'Copiar',
  copied: 'Copiado',
  selected: 'Selecionado: pressione Ctrl+C',
  feeds: { title: 'Feeds', text: 'Para um leitor de feeds, um chat ou qualquer programa que acompanhe feeds.' },
  feed: {
    atom: { title: 'Atom', text: 'Uma entrada por incidente; muda a cada atualização.' },
    rss: { title: 'RSS', text: 'O mesmo em RSS.' },
    updates: { title: 'RSS, cada atualização', text: 'Um item por atualização, para não perder nenhuma.' },
    json: { title: 'JSON Feed', text: 'Cada atualização, para programas.' },
  },
  calendar: {
    title: 'Calendário',
    text: 'Manutenções programadas no seu próprio calendário, que acompanha cada mudança de plano.',
  },
  openCalendar: 'Assinar em um calendário',
  email: {
    title: 'E-mail',
    text: 'Esta página não guarda endereços; assim, não pode perder nenhum. Programas de e-mail e serviços de feeds transformam qualquer feed acima em e-mail; quem opera a página pode fazer o mesmo para uma lista, com o próprio servidor de e-mail.',
  },
  push: {
    title: 'Notificações neste dispositivo',
    text: 'Seu navegador mostra cada atualização de um incidente ou de uma manutenção. Quem opera a página guarda um endereço dado pelo fabricante do navegador, e nada mais; o texto vai selado para este navegador.',
    off: 'Desativadas.',
    asking: 'Perguntando ao navegador …',
    on: 'Ativadas: este navegador recebe os avisos.',
    denied: 'Seu navegador não permite notificações desta página; isso muda nas configurações dele.',
    unsupported:
      'Este navegador não tem notificações de páginas. Em um iPhone, adicione antes a página à tela de início.',
    failed: 'Não foi possível ativar agora. Tente mais tarde; os feeds funcionam sem isso.',
  },
  pushOn: 'Avisar este navegador',
  pushOff: 'Não avisar mais',
  webhooks: {
    title: 'Webhooks',
    text: 'A página pode enviar cada atualização ao seu endpoint com o evento assinado dentro. Quem opera a página configura os endpoints: peça e informe o endereço.',
  },
  badge: {
    title: 'Selo',
    text: 'Uma pequena imagem para um README ou um rodapé. Ela traz o próprio horário, porque uma imagem não envelhece sozinha.',
  },
  badgeAlt: (name) => `Status de ${name}`,
  banner: {
    title: 'Faixa',
    text: 'Para a sua própria página: uma linha com o estado e o incidente aberto. Ela confere a assinatura no navegador de quem lê e passa a Desconhecido quando não há nada mais novo.',
  },
  seeBanner: 'Ver a faixa',
  api: {
    title: 'API',
    text: 'Os mesmos caminhos e formatos da API v2 do Statuspage, como arquivos estáticos, legíveis de qualquer origem.',
  },
  age: {
    title: 'Que idade tem uma resposta?',
    text: 'Um arquivo não muda quando quem o escreve deixou de existir. Por isso observe page.updated_at: nenhuma resposta, ou uma com mais de 15 minutos, significa desconhecido, diga ela o que disser.',
  },
  inShell: 'No terminal, com curl e jq',
  inJavaScript: 'Em JavaScript',
  asHtml: 'HTML',
  asMarkdown: 'Markdown',
};
