// Prints whose credentials the official library for Go gives out in one environment: the last line is their id and
// token, or null. npm/tests/credentials/referee.test.ts runs it.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/aliyun/credentials-go/credentials"
)

type signer struct {
	ID    string  `json:"id"`
	Token *string `json:"token"`
}

func given() *signer {
	credential, err := credentials.NewCredential(nil)
	if err != nil {
		return nil
	}
	key, err := credential.GetCredential()
	if err != nil {
		return nil
	}
	found := signer{ID: *key.AccessKeyId}
	if key.SecurityToken != nil && *key.SecurityToken != "" {
		found.Token = key.SecurityToken
	}
	return &found
}

func main() {
	line, err := json.Marshal(given())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	// The library prints on its own, and not always whole lines.
	fmt.Printf("\n%s\n", line)
}
