package browser

import (
	"context"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Offline takes the network from the tab, as on a train. Files on this machine open all the same. A line that
// stands already is not cut: the server does that.
func (tab *Tab) Offline() { tab.t.Helper(); tab.network("going offline", true) }

// Online gives it back.
func (tab *Tab) Online() { tab.t.Helper(); tab.network("going online", false) }

func (tab *Tab) network(what string, offline bool) {
	tab.t.Helper()
	tab.must(what, func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: offline}},
		})
		if err == nil {
			_, err = chromedp.Call(ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: offline})
		}
		return err
	})
}
