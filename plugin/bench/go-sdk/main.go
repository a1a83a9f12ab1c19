// Signs a call as Alibaba Cloud's SDK for Go does, and prints the header and the nanoseconds that each signature takes,
// as JSON: plugin/bench/signature.mjs compares both with ours.
package main

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"
)

const algorithm = "ACS3-HMAC-SHA256"

var (
	keyID     = "LTAI5tBenchmarkExample"
	keySecret = "a-secret-of-thirty-characters."
)

func hashOfNothing() string {
	return hex.EncodeToString(utils.Hash([]byte{}, dara.String(algorithm)))
}

func authorization(date, nonce, hash string) string {
	request := dara.NewRequest()
	request.Method = dara.String("POST")
	request.Pathname = dara.String("/")
	request.Query = map[string]*string{
		"RegionId":     dara.String("cn-hangzhou"),
		"ImageId":      dara.String("m-bp18ygjuqnwhechc0001"),
		"AddAccount.1": dara.String("1886508529898586"),
		"AddAccount.2": dara.String("1886508529898587"),
	}
	request.Headers = map[string]*string{
		"host":                  dara.String("ecs.cn-hangzhou.aliyuncs.com"),
		"x-acs-action":          dara.String("ModifyImageSharePermission"),
		"x-acs-version":         dara.String("2014-05-26"),
		"x-acs-date":            dara.String(date),
		"x-acs-signature-nonce": dara.String(nonce),
		"x-acs-content-sha256":  dara.String(hash),
	}
	return *utils.GetAuthorization(request, dara.String(algorithm), dara.String(hash), &keyID, &keySecret)
}

func nanoseconds(sign func()) int64 {
	best := int64(0)
	for turn := 0; turn < 3; turn++ {
		result := testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				sign()
			}
		})
		if best == 0 || result.NsPerOp() < best {
			best = result.NsPerOp()
		}
	}
	return best
}

func main() {
	const date, nonce = "2026-01-02T03:04:05Z", "0123456789abcdef0123456789abcdef"
	hash := hashOfNothing()
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"header": authorization(date, nonce, hash),
		"alone":  nanoseconds(func() { authorization(date, nonce, hash) }),
		"attempt": nanoseconds(func() {
			authorization(*utils.GetTimestamp(), *utils.GetNonce(), hashOfNothing())
		}),
	})
}
