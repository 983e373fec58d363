/**
 * Runs in the head before the first paint, so that a stored or system theme never flashes. It is
 * the page's only inline script of our own; the server allows it by its hash.
 */
export const themeScript = `(function(){var d=document.documentElement,c='system';try{c=localStorage.getItem('plumbline-theme')||c}catch(e){}
if(c!=='light'&&c!=='dark')c='system';d.dataset.themeChoice=c;d.dataset.theme=c==='system'?(matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'):c})()`
