;;; workers-ai-connection.el --- The server in either client  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; A connection is (eglot . SERVER) or (lsp-mode . WORKSPACE).  Behind the functions of this file it
;; makes no difference which of the two it is.

;;; Code:

(require 'seq)
(require 'subr-x)
(require 'workers-ai-options)

;; The clients are loaded by their users, if at all.
(defvar eglot--servers-by-project)
(defvar lsp--cur-workspace)
(declare-function eglot--TextDocumentIdentifier "eglot")
(declare-function eglot--capabilities "eglot")
(declare-function eglot--signal-textDocument/didChange "eglot")
(declare-function eglot-current-server "eglot")
(declare-function eglot-ensure "eglot")
(declare-function eglot-managed-p "eglot")
(declare-function eglot-signal-didChangeConfiguration "eglot")
(declare-function jsonrpc-async-request "jsonrpc")
(declare-function lsp "ext:lsp-mode")
(declare-function lsp--buffer-uri "ext:lsp-mode")
(declare-function lsp--client-server-id "ext:lsp-mode")
(declare-function lsp--workspace-client "ext:lsp-mode")
(declare-function lsp--workspace-status "ext:lsp-mode")
(declare-function lsp-find-workspace "ext:lsp-mode")
(declare-function lsp-notify "ext:lsp-mode")
(declare-function lsp-request-async "ext:lsp-mode")
(declare-function lsp-workspaces "ext:lsp-mode")

(defconst workers-ai--options '(:streamAnswers t :showEdits t :changesFirst t)
  "What the server does for this package only.")

(defun workers-ai--initialization-options ()
  "Return the options to start the server with."
  (append workers-ai--options
          (and workers-ai-settings (list :workersAI workers-ai-settings))))

(defun workers-ai--eglot-p ()
  "Return non-nil if Eglot is loaded and has all that is used here."
  (and (featurep 'eglot)
       (fboundp 'eglot--capabilities)
       (fboundp 'eglot--guess-contact)
       (fboundp 'eglot--signal-textDocument/didChange)
       (fboundp 'eglot--TextDocumentIdentifier)
       (fboundp 'eglot--workspace-configuration-plist)
       (fboundp 'eglot-current-server)
       (fboundp 'eglot-ensure)
       (fboundp 'eglot-handle-notification)
       (fboundp 'eglot-handle-request)
       (fboundp 'eglot-managed-p)
       (fboundp 'eglot-signal-didChangeConfiguration)))

(defun workers-ai--eglot-ours-p (server)
  "Whether our server works in Eglot's SERVER, alone or behind another program."
  (and server
       (seq-some (lambda (command) (string-prefix-p "workers-ai." command))
                 (plist-get (plist-get (eglot--capabilities server) :executeCommandProvider)
                            :commands))))

(defun workers-ai--lsp-ours-p (workspace)
  "Whether the WORKSPACE of `lsp-mode' is one of our server."
  (eq (lsp--client-server-id (lsp--workspace-client workspace)) 'workers-ai))

(defun workers-ai--connections ()
  "All connections to our server, the one of this buffer first."
  (append
   (when (featurep 'lsp-mode)
     (mapcar (lambda (workspace) (cons 'lsp-mode workspace))
             (delq nil (append (seq-filter #'workers-ai--lsp-ours-p (lsp-workspaces))
                               (list (lsp-find-workspace 'workers-ai nil))))))
   (when (workers-ai--eglot-p)
     (mapcar (lambda (server) (cons 'eglot server))
             (seq-filter #'workers-ai--eglot-ours-p
                         (cons (eglot-current-server)
                               (apply #'append
                                      (hash-table-values eglot--servers-by-project))))))))

(defun workers-ai--connection ()
  "The connection of this buffer, or nil."
  (cond ((and (featurep 'lsp-mode) (bound-and-true-p lsp-mode))
         (when-let ((workspace (seq-find #'workers-ai--lsp-ours-p (lsp-workspaces))))
           (and (eq (lsp--workspace-status workspace) 'initialized)
                (cons 'lsp-mode workspace))))
        ((and (workers-ai--eglot-p) (eglot-managed-p)
              (workers-ai--eglot-ours-p (eglot-current-server)))
         (cons 'eglot (eglot-current-server)))))

(defun workers-ai--client-p ()
  "Whether a client works in this buffer, with our server or without."
  (or (bound-and-true-p lsp-mode)
      (and (workers-ai--eglot-p) (eglot-managed-p))))

(defun workers-ai--starting-p ()
  "Whether our server was started for this buffer and is not ready yet."
  (and (bound-and-true-p lsp-mode) (lsp-find-workspace 'workers-ai nil)
       (not (workers-ai--connection))))

(defun workers-ai--start ()
  "Start a client in this buffer."
  (cond ((if workers-ai-client (eq workers-ai-client 'lsp-mode) (featurep 'lsp-mode)) (lsp))
        ((require 'eglot nil t) (eglot-ensure))
        (t (user-error "There is no LSP client: install Eglot or lsp-mode"))))

(defun workers-ai--any-connection ()
  "The connection of this buffer, or any other."
  (or (workers-ai--connection)
      (car (workers-ai--connections))
      (user-error "No AI server runs: open a source file, then M-x workers-ai-explain")))

(defun workers-ai--uri (connection)
  "The URI by which the client of CONNECTION has told of this buffer."
  (if (eq (car connection) 'eglot)
      (plist-get (eglot--TextDocumentIdentifier) :uri)
    (lsp--buffer-uri)))

(defun workers-ai--get (object key)
  "Return the member KEY, a string, of a JSON OBJECT of either client."
  (if (hash-table-p object)
      (gethash key object)
    (plist-get object (intern (concat ":" key)))))

(defun workers-ai--tell-changes (&rest _)
  "Have Eglot tell its servers of everything that was typed."
  (when (workers-ai--eglot-p)
    (dolist (buffer (buffer-list))
      (with-current-buffer buffer
        (when (eglot-managed-p)
          (eglot--signal-textDocument/didChange))))))

(defun workers-ai--request (connection method params &optional then)
  "Send a request of METHOD with PARAMS over CONNECTION, and don't wait for it.
THEN is called without arguments when it is answered in any way."
  (let ((then (or then #'ignore)))
    (pcase connection
      (`(eglot . ,server)
       (workers-ai--tell-changes)
       (jsonrpc-async-request server (intern (concat ":" method)) params
                              :success-fn (lambda (_) (funcall then))
                              :error-fn (lambda (&rest _) (funcall then))
                              :timeout-fn (lambda () (funcall then))))
      (`(lsp-mode . ,workspace)
       (let ((lsp--cur-workspace workspace))
         (lsp-request-async method params (lambda (_) (funcall then))
                            :mode 'detached
                            :error-handler (lambda (&rest _) (funcall then))))))))

(defun workers-ai--execute (connection command &rest arguments)
  "Have the server at CONNECTION run COMMAND, without its prefix, with ARGUMENTS."
  (workers-ai--request connection "workspace/executeCommand"
                       (list :command (concat "workers-ai." command)
                             :arguments (vconcat arguments))))

(defun workers-ai-send-settings ()
  "Send `workers-ai-settings' to the servers that run."
  (interactive)
  (pcase-dolist (`(,client . ,server) (delete-dups (workers-ai--connections)))
    (if (eq client 'eglot)
        (eglot-signal-didChangeConfiguration server)
      (let ((lsp--cur-workspace server))
        (lsp-notify "workspace/didChangeConfiguration"
                    (list :settings (list :workersAI workers-ai-settings)))))))

(provide 'workers-ai-connection)
;;; workers-ai-connection.el ends here
