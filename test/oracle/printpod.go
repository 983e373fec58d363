// Prints what an API server of the Kubernetes release it is linked with prints for `kubectl get pods`:
// reads [{"now": ms, "pod": {…}}, …] from standard input and writes [{"ready", "status", "restarts"} or {"error"}, …].
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	api "k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/printers"
	"k8s.io/kubernetes/pkg/printers/internalversion"
)

type question struct {
	Now int64           `json:"now"`
	Pod json.RawMessage `json:"pod"`
}

type answer struct {
	Ready    string `json:"ready,omitempty"`
	Status   string `json:"status"`
	Restarts string `json:"restarts,omitempty"`
	Error    string `json:"error,omitempty"`
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	generator := printers.NewTableGenerator().With(internalversion.AddHandlers)
	answers := make([]answer, 0, len(questions))
	for _, each := range questions {
		answers = append(answers, print(generator, each))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		os.Exit(1)
	}
}

func print(generator *printers.HumanReadableGenerator, each question) (said answer) {
	// 1.28 and others dereference nil for statuses of containers that the spec doesn't have.
	defer func() {
		if fault := recover(); fault != nil {
			said = answer{Error: fmt.Sprint("panic: ", fault)}
		}
	}()
	decoded, _, err := legacyscheme.Codecs.UniversalDecoder().Decode(each.Pod, nil, nil)
	if err != nil {
		return answer{Error: err.Error()}
	}
	pod, ok := decoded.(*api.Pod)
	if !ok {
		return answer{Error: "not a pod"}
	}
	// The printer knows no other "now" than the clock's: the pod's times are moved there.
	shift := time.Since(time.UnixMilli(each.Now))
	for _, statuses := range [][]api.ContainerStatus{pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses} {
		for i := range statuses {
			if ended := statuses[i].LastTerminationState.Terminated; ended != nil && !ended.FinishedAt.IsZero() {
				ended.FinishedAt = metav1.Time{Time: ended.FinishedAt.Add(shift)}
			}
		}
	}
	table, err := generator.GenerateTable(pod, printers.GenerateOptions{})
	if err != nil {
		return answer{Error: err.Error()}
	}
	cells := table.Rows[0].Cells
	return answer{Ready: fmt.Sprint(cells[1]), Status: fmt.Sprint(cells[2]), Restarts: fmt.Sprint(cells[3])}
}
